/**
 * How a cell's result reads, in a few words that do not change with the language or the width of the page: two readings
 * that are equal are, as far as they go, of the same result.
 */
import type { InspectNode, Output, Picture, Scalar } from '../protocol/messages.ts';
import { ANCHOR_LIMITS } from './anchor.ts';

/** Rows of a chart's data, and entries of a value, that are read. */
const ROWS = 20;
const ENTRIES = 10;

/** '' where a cell gives nothing that can be pointed at: a control is no result. */
export function outcomeReading(outputs: readonly Output[]): string {
	const words = outputs.map(readingOf).filter((text) => text !== '');
	return words.join(' · ').slice(0, ANCHOR_LIMITS.reading).toWellFormed();
}

/** Tables of one result whose values are told apart; the page shows no more than a few. */
const TABLES = 4;

/**
 * What tells the values of a result's tables from others, together; null where it has none.
 * @param digestOf asked of each, one after the other
 */
export async function outcomeDigest<T extends Output>(
	outputs: readonly T[],
	digestOf: (table: Extract<T, { kind: 'table' }>) => Promise<string>
): Promise<string | null> {
	const tables = outputs.filter((output) => output.kind === 'table').slice(0, TABLES);
	const digests: string[] = [];
	for (const table of tables) digests.push(await digestOf(table as Extract<T, { kind: 'table' }>));
	return digests.length === 0 ? null : digests.join('-');
}

function readingOf(output: Output): string {
	switch (output.kind) {
		case 'control':
			return '';
		case 'text':
			return output.markdown.replace(/\s+/g, ' ').trim();
		case 'value':
			return valueText(output.value);
		case 'picture':
			return pictureText(output.picture);
		case 'table':
			return `${output.rows} × ${output.columns.length}: ${output.columns
				.slice(0, ROWS)
				.map(({ name }) => name)
				.join(', ')}`;
	}
}

function valueText(node: InspectNode): string {
	const size = node.size === null ? '' : ` (${node.size})`;
	const entries = node.entries.slice(0, ENTRIES).map(({ key, value }) => `${key}: ${value.text}`);
	return [`${node.text}${size}`, ...entries].join(', ');
}

function pictureText({ title, data, marks }: Picture): string {
	const [first] = data;
	const rows = first?.rows.slice(0, ROWS).map((row) => row.map(scalarText).join(' ')) ?? [];
	return [title, `${first?.mark ?? ''} ${marks}`.trim(), (first?.columns ?? []).join(', '), ...rows]
		.filter((text) => text !== '')
		.join('; ');
}

/** To twelve figures: the order of a sum is no news. */
const scalarText = (value: Scalar): string =>
	typeof value === 'number' && Number.isFinite(value)
		? String(Number(value.toPrecision(12)))
		: String(value ?? '');
