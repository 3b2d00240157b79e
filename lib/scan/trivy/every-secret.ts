/**
 * Trivy's rules by which it reads no file whose path has `test`, `example`, `/vendor/`, `/locale/` or `.md` in it: made
 * for repositories. What is in a release is handed out, whatever its folder is called.
 */
const ALLOWED_BY_PATH = [
  "tests",
  "examples",
  "vendor",
  "usr-dirs",
  "locale-dir",
  "markdown",
  "node.js",
  "golang",
  "python",
  "rubygems",
  "wordpress",
  "anaconda-log",
];

/** A configuration of trivy's search for secrets; the keys that vendors print in their manuals stay allowed. */
export const EVERY_SECRET = JSON.stringify({
  "disable-allow-rules": ALLOWED_BY_PATH,
  "allow-rules": [{ id: "printed-in-manuals", regex: "(?i)example" }],
});
