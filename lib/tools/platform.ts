/** This machine, as the cache and the table of releases call it. */
export const PLATFORM = `${process.platform}-${process.arch}`;
