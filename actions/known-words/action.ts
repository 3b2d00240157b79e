import { z } from "zod";
import { defineAction, input } from "../../lib/action/action.ts";

export default defineAction({
  name: "known-words",
  description:
    "Refuses a list with a word that means nothing: a gate that is left out, or a setting of one, must not be misspelt unnoticed.",
  branding: { icon: "check-square", color: "orange" },
  inputs: z.object({
    input: input.text({ description: "What the list is called where it was written." }),
    given: input.text({
      description:
        "Words by comma or white space, or a JSON object, whose keys are then the words.",
      optional: true,
    }),
    accepted: input.list({ description: "The words that there are." }),
  }),
  outputs: z.object({ words: z.array(z.string()).describe("The words, as a JSON list.") }),
  run: async ({ inputs }) => {
    const { knownWords } = await import("./words.ts");
    return { words: knownWords(inputs.input, inputs.given ?? "", inputs.accepted) };
  },
});
