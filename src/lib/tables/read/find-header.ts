/** Whether a table has a header, and whether it takes two records: names under the names of groups. */
import type { Evidence, ImportChoices } from '../../core/protocol/import.ts';
import type { Sampler } from './infer-type.ts';

export interface FoundHeader {
	readonly value: boolean;
	readonly records: 0 | 1 | 2;
	readonly evidence: Evidence;
}

const chosen: Evidence = { code: 'chosen', details: {} };
const filled = (cell: string | undefined): boolean => (cell ?? '').trim() !== '';

const isValue = ({ sample }: Sampler): boolean =>
	sample.comma + sample.point + sample.dmy + sample.mdy + sample.leadingZeros > 0;

/**
 * A header is made of texts, all there, where the rows below hold other things.
 * @param firsts what the cells of the first record, and of the second, are
 * @param below what the cells below are
 */
export function findHeader(
	records: readonly (readonly string[])[],
	firsts: readonly (readonly Sampler[])[],
	below: readonly Sampler[],
	choices: ImportChoices
): FoundHeader {
	const [first = [], second = []] = records;
	if (choices.header === false) return { value: false, records: 0, evidence: chosen };
	if (choices.headerRecords)
		return { value: true, records: choices.headerRecords, evidence: chosen };
	if (choices.header !== true && isGrouped(first, second, firsts[1] ?? [], below))
		return { value: true, records: 2, evidence: { code: 'header_two', details: {} } };
	if (choices.header === true) return { value: true, records: 1, evidence: chosen };
	const values = (firsts[0] ?? []).filter(isValue).length;
	// Years as column names are common; a first row in which most cells are values is a row.
	const value =
		values === 0 || records.length === 1 ? values === 0 : values * 2 <= first.length && values < 2;
	return {
		value,
		records: value ? 1 : 0,
		evidence: value
			? { code: 'header_texts', details: { cells: first.length } }
			: { code: 'header_values', details: { values } }
	};
}

/** Names of groups leave cells empty that the names below fill; these are texts, where values lie below them. */
function isGrouped(
	first: readonly string[],
	second: readonly string[],
	seconds: readonly Sampler[],
	below: readonly Sampler[]
): boolean {
	const width = below.length;
	if (width < 3 || seconds.some(isValue)) return false;
	let groups = 0;
	let under = 0;
	let alone = 0;
	for (let c = 0; c < width; c++) {
		if (filled(first[c]) && filled(second[c])) groups++;
		else if (filled(second[c])) under++;
		else if (filled(first[c])) alone++;
		else return false;
	}
	if (groups === 0 || under === 0 || groups + under < 2 || alone === width) return false;
	return below.some(
		({ sample }) => sample.values > 0 && Math.max(sample.comma, sample.point) * 2 > sample.values
	);
}

/** The names of two records as one: « groupe – nom ». A group stretches over the empty cells that follow it. */
export function joinHeaders(
	groups: readonly string[],
	names: readonly string[],
	width: number
): string[] {
	let group = '';
	return Array.from({ length: width }, (_, c) => {
		const own = (groups[c] ?? '').trim();
		const name = (names[c] ?? '').trim();
		if (own) group = own;
		if (!name) {
			group = '';
			return own;
		}
		return group ? `${group} – ${name}` : name;
	});
}
