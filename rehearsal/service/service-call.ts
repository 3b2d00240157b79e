export type Request = { readonly [field: string]: unknown };
export type Answer = { readonly [field: string]: unknown };

/** A failure that the toolkit shows to its user. */
export class ServiceFailure extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** A field's text; wrapped values of Protocol Buffers count as what they wrap. */
export function text(request: Request, field: string): string {
  const camel = field.replace(/_(\w)/g, (_all, letter: string) => letter.toUpperCase());
  const value = request[field] ?? request[camel];
  if (typeof value === "object" && value !== null && "value" in value) return String(value.value);
  return value === undefined || value === null ? "" : String(value);
}
