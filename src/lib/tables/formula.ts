/** What makes a spreadsheet compute, after any blanks; some take the signs of full width as well. */
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

/** Whether a spreadsheet that opens a text file would take a cell that begins like this for a formula. */
export const startsFormula = (text: string): boolean => FORMULA.test(text);
