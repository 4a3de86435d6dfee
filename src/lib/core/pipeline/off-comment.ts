/** A step that is switched off: its calls in a comment of the chain, `/*off .filter(d => d.x > 3) *\/`. */

export const OFF_OPEN = '/*off ';
export const OFF_CLOSE = ' */';

/** A comment's end inside of the text would end the comment: each gets one more backslash, so that none is lost. */
const hide = (text: string): string => text.replace(/\*(\\*)\//g, '*$1\\/');
const show = (text: string): string => text.replace(/\*(\\*)\\\//g, '*$1/');

export const printOff = (text: string): string => `${OFF_OPEN}${hide(text)}${OFF_CLOSE}`;

/** The calls that a comment holds, or null for any other comment. Takes a time that follows its length. */
export function readOff(comment: string): string | null {
	const open = /^\/\*off\s+(?=\.)/.exec(comment)?.[0];
	if (open === undefined || !comment.endsWith('*/')) return null;
	return show(comment.slice(open.length, -2).trimEnd());
}
