/** Characters that reorder the words after them, or take no place: never of use in what people type. */
export const MISLEADING = /[\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g;

/** The same text, as long, with a mark in the place of each: for what has to be seen as it is. */
export const markedText = (text: string): string => text.replace(MISLEADING, '\uFFFD');
