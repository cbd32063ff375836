/** Loaded last: of the last script the browser hands back the result, and a function is none that it can. */
undefined;
