/** What is said to whoever asks. */
export function greeting(name) {
  return `Hello, ${name}!`;
}
