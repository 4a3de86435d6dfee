/** Whether `core/analysis/doubts.ts` may find anything in a text: a look that costs nothing, before a parser is loaded. */
export const mayDoubt = (source: string): boolean =>
	/\d,\d|[=!]==\s*["'\d-]|["'\d]\s*[=!]==|[<>]=?\s*["']|["']\s*[<>]/.test(source);
