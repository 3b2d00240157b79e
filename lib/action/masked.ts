/** Of a variable that holds a secret, by its name. */
const SECRET_NAME = /(TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL|API_?KEY|PRIVATE_?KEY)/i;
/** What is shorter is a word that may stand anywhere. */
const MIN_SECRET_CHARACTERS = 6;
const MASK = "***";

/**
 * What another program wrote, without what looks like a secret: the values of the job's variables that are named as
 * secrets are, passwords in URLs, and what is given to an Authorization header.
 */
export function masked(text: string, env: NodeJS.ProcessEnv): string {
  const values = Object.entries(env)
    .filter(([name]) => SECRET_NAME.test(name))
    .map(([, value = ""]) => value)
    .filter((value) => value.length >= MIN_SECRET_CHARACTERS)
    .sort((a, b) => b.length - a.length);
  return values
    .reduce((whole, value) => whole.replaceAll(value, MASK), text)
    .replace(/([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s/@]+@/gi, `$1:${MASK}@`)
    .replace(/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{6,}/gi, `$1 ${MASK}`);
}
