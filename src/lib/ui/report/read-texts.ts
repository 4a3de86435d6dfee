/** The texts of a report that the server has read as Markdown, for a page that draws them again in the browser. */
import { getContext, setContext } from 'svelte';
import type { KnownText } from '../notebook/known-text.ts';

const KEY = Symbol('read texts');

export const handDownTexts = (texts: readonly KnownText[]): void => {
	setContext(KEY, new Map(texts.map((text) => [text.source, text])));
};

/** By source; undefined where none were handed down. */
export const readTexts = (): ReadonlyMap<string, KnownText> | undefined => getContext(KEY);
