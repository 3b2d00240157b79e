import { obtain } from "../../../lib/tools/ensure.ts";
import { openShop } from "../../../lib/tools/shop.ts";
import { WIDGET } from "./widget.ts";

/** Obtains the widget in a process of its own, and prints the route. */
const [pinsFolder = ""] = process.argv.slice(2);
const { route } = await obtain(WIDGET, openShop({ pinsFolder }));
console.log(route);
