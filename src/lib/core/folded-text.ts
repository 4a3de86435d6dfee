import { plainLetters } from './plain-letters.ts';

/** A text as a search compares it: without case, accents, ligatures, kinds of dashes, apostrophes and spaces. */
export const foldedText = (text: string): string =>
	plainLetters(text)
		.replace(/[‐‑‒–—−]/g, '-')
		.replace(/[’‘ʼ]/g, "'")
		.replace(/\s+/gu, ' ')
		.trim();
