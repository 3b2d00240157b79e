export const id = 608;
export const ids = [608];
export const modules = {

/***/ 2608:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   "default": () => (__WEBPACK_DEFAULT_EXPORT__)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4410);
/* harmony import */ var _lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9084);


/* harmony default export */ const __WEBPACK_DEFAULT_EXPORT__ = ((0,_lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .defineAction */ .QP)({
    name: "known-words",
    description: "Refuses a list with a word that means nothing: a gate that is left out, or a setting of one, must not be misspelt unnoticed.",
    branding: { icon: "check-square", color: "orange" },
    inputs: zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
        input: _lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .input */ .hF.text({ description: "What the list is called where it was written." }),
        given: _lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .input */ .hF.text({
            description: "Words by comma or white space, or a JSON object, whose keys are then the words.",
            optional: true,
        }),
        accepted: _lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .input */ .hF.list({ description: "The words that there are." }),
    }),
    outputs: zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({ words: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()).describe("The words, as a JSON list.") }),
    run: async ({ inputs }) => {
        const { knownWords } = await __webpack_require__.e(/* import() */ 849).then(__webpack_require__.bind(__webpack_require__, 6849));
        return { words: knownWords(inputs.input, inputs.given ?? "", inputs.accepted) };
    },
}));


/***/ }),

/***/ 9084:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  QP: () => (/* reexport */ defineAction),
  U8: () => (/* reexport */ kinds/* enumKind */.U8),
  dn: () => (/* reexport */ input/* expression */.dn),
  _F: () => (/* reexport */ input/* fieldOf */._F),
  ln: () => (/* reexport */ summary/* inlineText */.ln),
  hF: () => (/* reexport */ input/* input */.hF),
  I: () => (/* reexport */ kind/* kindOf */.I),
  gl: () => (/* reexport */ path/* pathKind */.g),
  $2: () => (/* reexport */ kinds/* percentageKind */.$2),
  CC: () => (/* reexport */ kind/* problem */.CC),
  Uq: () => (/* reexport */ kind/* value */.Uq),
  ih: () => (/* reexport */ path/* workspaceFolder */.i)
});

// UNUSED EXPORTS: digestKind, durationKind, numberKind, textKind

;// CONCATENATED MODULE: ./lib/action/define.js
/** One action as one value: action.yml, the README's tables and the checks are made from it. */
function defineAction(action) {
    return action;
}

// EXTERNAL MODULE: ./lib/action/input.js + 1 modules
var input = __webpack_require__(6897);
// EXTERNAL MODULE: ./lib/action/kind.js
var kind = __webpack_require__(5469);
// EXTERNAL MODULE: ./lib/action/kinds.js
var kinds = __webpack_require__(6536);
// EXTERNAL MODULE: ./lib/action/path.js
var path = __webpack_require__(1124);
// EXTERNAL MODULE: ./lib/action/summary.js
var summary = __webpack_require__(7935);
;// CONCATENATED MODULE: ./lib/action/action.js
/** All that an action's definition needs; how it is entered is in enter.ts. */








/***/ })

};
