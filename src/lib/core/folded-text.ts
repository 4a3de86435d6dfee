/** A text as a search compares it: without case, accents, ligatures, kinds of dashes, apostrophes and spaces. */
export const foldedText = (text: string): string =>
	text
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replaceAll('œ', 'oe')
		.replaceAll('æ', 'ae')
		.replace(/[‐‑‒–—−]/g, '-')
		.replace(/[’‘ʼ]/g, "'")
		.replace(/\s+/gu, ' ')
		.trim();
