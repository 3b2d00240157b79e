/** placeholder */
export async function examine(_json: boolean): Promise<void> {}
