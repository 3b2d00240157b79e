/** Records of one kind, by id, in the order in which they were made. */
export class Table<T extends { readonly id: number }> {
  readonly #rows = new Map<number, T>();

  add(row: T): T {
    this.#rows.set(row.id, row);
    return row;
  }

  get(id: number): T | undefined {
    return this.#rows.get(id);
  }

  remove(id: number): boolean {
    return this.#rows.delete(id);
  }

  find(wanted: (row: T) => boolean): T | undefined {
    for (const row of this.#rows.values()) if (wanted(row)) return row;
    return undefined;
  }

  /** Oldest first. */
  all(): T[] {
    return [...this.#rows.values()];
  }

  /** Newest first, as GitHub lists most things. */
  newest(): T[] {
    return this.all().reverse();
  }
}
