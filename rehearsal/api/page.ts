import { ApiRefusal, type Headers, type Json } from "./call.ts";

const DEFAULT_SIZE = 30;
const MAX_SIZE = 100;

/** One page of a list, with the Link header that leads to the others. */
export function pageOf(
  items: readonly Json[],
  query: URLSearchParams,
  url: string,
): { items: readonly Json[]; headers: Headers } {
  const size = Math.min(positive(query, "per_page", DEFAULT_SIZE), MAX_SIZE);
  const page = positive(query, "page", 1);
  const last = Math.max(1, Math.ceil(items.length / size));
  const shown = items.slice((page - 1) * size, page * size);
  const links: string[] = [];
  const link = (to: number, rel: string): void => {
    const target = new URL(url);
    target.searchParams.set("page", String(to));
    links.push(`<${target.href}>; rel="${rel}"`);
  };
  if (page > 1) link(Math.min(page - 1, last), "prev");
  if (page < last) {
    link(page + 1, "next");
    link(last, "last");
  }
  if (page > 1) link(1, "first");
  return { items: shown, headers: links.length === 0 ? {} : { link: links.join(", ") } };
}

/** GitHub takes what is no number for what it would be without. */
function positive(query: URLSearchParams, name: string, fallback: number): number {
  const value = Number(query.get(name) ?? fallback);
  if (!Number.isFinite(value) || value > 2 ** 31) throw new ApiRefusal(422, `Invalid '${name}'`);
  return Number.isInteger(value) && value > 0 ? value : fallback;
}
