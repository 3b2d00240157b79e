const ANSWER_MS = 5_000;

/** Asks a live engine for a snapshot, as an operator may; why not, when it leaves none. */
export async function askForSnapshot(url: string): Promise<string | undefined> {
  try {
    const signal = AbortSignal.timeout(ANSWER_MS);
    const response = await fetch(url, { method: "POST", signal, redirect: "error" });
    const text = (await response.text()).slice(0, 200);
    return response.ok ? undefined : `${url} answered ${response.status}: ${text}`;
  } catch (error) {
    const { cause } = error as Error;
    return `${url} did not answer: ${cause instanceof Error ? cause.message : String(error)}`;
  }
}
