/** The bytes of an ASCII text, to compare names with. */
export const ascii = (text: string): Uint8Array =>
	Uint8Array.from(text, (letter) => letter.charCodeAt(0));
