/** Markdown as a value: what the `md` tag makes, and what a text cell is. The host renders and sanitises it. */
import { LIMITS } from '../../core/protocol/messages.ts';
import { CellFailure } from './failure.ts';

export class MarkdownText {
	readonly markdown: string;
	constructor(markdown: string) {
		if (markdown.length > LIMITS.markdownChars) {
			throw new CellFailure('output_too_large', { what: 'text', limit: LIMITS.markdownChars });
		}
		this.markdown = markdown;
	}
	toString(): string {
		return this.markdown;
	}
}

/** A list is written item after item, as Observable's `md` does. */
export function md(texts: readonly string[], ...values: readonly unknown[]): MarkdownText {
	let markdown = texts[0] ?? '';
	values.forEach((value, index) => {
		markdown += Array.isArray(value) ? value.map(String).join('') : String(value);
		markdown += texts[index + 1] ?? '';
	});
	return new MarkdownText(markdown);
}
