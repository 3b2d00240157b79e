export const id = 849;
export const ids = [849];
export const modules = {

/***/ 6849:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   knownWords: () => (/* binding */ knownWords)
/* harmony export */ });
/* harmony import */ var _lib_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2018);
/* harmony import */ var _lib_nearest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8858);


/**
 * The words of a list: by comma or white space, or the keys of a JSON object. Throws `invalid-input`, naming every word that is
 * not accepted and the one that was most likely meant.
 */
function knownWords(name, given, accepted) {
    const words = wordsOf(name, given);
    const unknown = words.filter((word) => !accepted.includes(word));
    if (unknown.length === 0)
        return words;
    const told = unknown.map((word) => {
        const meant = (0,_lib_nearest_js__WEBPACK_IMPORTED_MODULE_1__/* .nearest */ .p)(word, accepted);
        return meant === undefined ? word : `${word} (did you mean ${meant}?)`;
    });
    throw new _lib_error_js__WEBPACK_IMPORTED_MODULE_0__/* .SluiceError */ .a("invalid-input", `${name}: given ${told.join(", ")}`, {
        hint: `accepted are ${accepted.join(", ")}. Nothing was done`,
    });
}
function wordsOf(name, given) {
    if (!given.trimStart().startsWith("{"))
        return given.split(/[\s,]+/).filter(Boolean);
    try {
        return Object.keys(JSON.parse(given));
    }
    catch (cause) {
        throw new _lib_error_js__WEBPACK_IMPORTED_MODULE_0__/* .SluiceError */ .a("invalid-input", `${name}: given ${given.trim()}, which is no JSON`, {
            cause,
            hint: 'write an object with its names in quotes, such as {"duration": "60s"}',
        });
    }
}


/***/ })

};
