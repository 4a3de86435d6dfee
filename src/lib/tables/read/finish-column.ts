/** What becomes of a column once its cells are read: mended and grouped texts, values written as their type is, companions. */
import { storedAs } from '../../core/dataset/value-type.ts';
import type { ColumnReport, ImportType } from '../../core/protocol/import.ts';
import { repairMojibake } from '../../core/territory/plain-words.ts';
import { textColumn } from '../column-of.ts';
import { dictionaryReader, hasValue, type Column } from '../column.ts';
import { MOST_SPELLINGS, spellingGroups } from '../values/spellings.ts';
import type { BuiltColumn } from './column-builder.ts';
import { MISFIT_SHARE } from './infer-type.ts';
import type { MissingTexts } from './missing-texts.ts';
import { withoutMarked, type Cleared } from './missing-values.ts';
import type { ColumnPlan } from './table-plan.ts';
import {
	findMojibake,
	guessTextType,
	mapTexts,
	regionCode,
	ruleOf,
	unmatchedRegions,
	type MappedTexts,
	type TextRule
} from './text-values.ts';

/** Pairs of letters that looking for spellings may compare, in one column. */
const PATIENCE = 3_000_000;
/** Texts listed that are no region. */
const UNMATCHED = 20;

export interface FinishedColumn {
	readonly column: Column;
	readonly counts: Int32Array | null;
	readonly companion: Column | null;
	/** Each distinct text that did not stay, and what it became: one step after the other. */
	readonly changes: readonly ReadonlyMap<string, string | null>[];
	/** Texts that are not of the type: they are missing. */
	readonly lost: number;
	readonly unmatchedRows: number;
	/** Rows for each of the missing texts, beyond those that were met while the cells were read. */
	readonly markers: readonly number[];
	readonly said: Pick<
		ColumnReport,
		'codes' | 'zeros' | 'mojibake' | 'unmatched' | 'renamed' | 'spellings' | 'grouped'
	>;
}

/**
 * @param thorough looks for spellings too: not for a preview
 * @param missing texts that stand for no value; of a typed column, only those that a person chose
 */
export function finishColumn(
	plan: ColumnPlan,
	built: BuiltColumn,
	thorough: boolean,
	missing: MissingTexts | null
): FinishedColumn {
	// Of a column that came typed nothing was counted; the builders have looked at texts, and at zeros where told to.
	const untold = built.markers.length === 0;
	const cleared =
		untold || built.column.type !== 'text'
			? withoutMarked(
					built.column,
					built.counts,
					plan,
					missing,
					untold && (plan.choice.zeroMissing ?? false) && built.zeros > 0
				)
			: { column: built.column, counts: built.counts, markers: [] };
	const { column, counts } = cleared;
	if (column.type !== 'text' || !counts) return finishNumbers(plan, built, cleared);
	const { choice } = plan;
	const mojibake = findMojibake(column, counts);
	const groups = new Map(
		(choice.groups ?? []).flatMap(({ to, from }) => from.map((text) => [text, to] as const))
	);
	const mended = choice.mend ? mapTexts(column, counts, repairMojibake) : null;
	const grouping: TextRule = (text) => groups.get(text) ?? text;
	const base = mended ?? { column, counts };
	const grouped = groups.size ? mapTexts(base.column, base.counts, grouping) : null;
	let last: Pick<MappedTexts, 'column' | 'counts'> = grouped ?? base;
	if (plan.guessed && plan.type === 'text') refine(plan, last);
	const rule = ruleOf(plan.type);
	let typed = rule ? mapTexts(last.column, last.counts, rule) : null;
	const before = last.column.length - last.column.missing;
	if (typed && plan.guessed && typed.lost > before * MISFIT_SHARE) {
		plan.type = 'text';
		plan.evidence = { code: 'mixed', details: { fits: before - typed.lost, values: before } };
		typed = null;
	}
	// Regions are written one way already.
	const spelled = plan.type === 'region' && typed ? typed : last;
	last = typed ?? last;
	const unmatched = plan.type === 'region' ? unmatchedRegions(last.column, last.counts) : [];
	return {
		column: valued(plan.type, last.column),
		counts: last.counts,
		companion: plan.type === 'region' && choice.code ? regionCodes(last) : null,
		changes: [mended, grouped, typed].flatMap((step) => (step?.changes.size ? [step.changes] : [])),
		lost: typed?.lost ?? 0,
		unmatchedRows: unmatched.reduce((sum, { rows }) => sum + rows, 0),
		markers: cleared.markers,
		said: {
			codes: [],
			zeros: 0,
			mojibake,
			unmatched: unmatched.slice(0, UNMATCHED),
			renamed: plan.type === 'region' ? (typed?.changed ?? 0) : 0,
			spellings: thorough && offersSpellings(plan.type) ? spellingsOf(spelled) : [],
			grouped: grouped?.changed ?? 0
		}
	};
}

const offersSpellings = (type: ImportType): boolean =>
	type === 'text' || type === 'category' || type === 'region';

function spellingsOf({ column, counts }: Pick<MappedTexts, 'column' | 'counts'>) {
	if (counts.length > MOST_SPELLINGS) return [];
	const read = dictionaryReader(column.dictionary);
	const texts = Array.from(counts, (rows, code) => ({ text: read(code), rows }));
	const rowsOf = new Map(texts.map(({ text, rows }) => [text, rows]));
	return spellingGroups(texts, PATIENCE).map((group) => ({
		...group,
		toRows: rowsOf.get(group.to) ?? 0
	}));
}

/** Texts whose zeros or digits matter name something; others may be more than texts. */
function refine(
	plan: ColumnPlan,
	{ column, counts }: Pick<MappedTexts, 'column' | 'counts'>
): void {
	const { code } = plan.evidence;
	if (code === 'leading_zeros' || code === 'long_numbers') {
		plan.type = 'identifier';
		return;
	}
	// Dates that contradict each other are no few texts: a person says what they are.
	if (code === 'empty' || code === 'day_conflict') return;
	const guess = guessTextType(column, counts, plan.header);
	if (guess) Object.assign(plan, guess);
}

function finishNumbers(
	plan: ColumnPlan,
	{ codes, zeros }: BuiltColumn,
	{ column, markers }: Pick<Cleared, 'column' | 'markers'>
): FinishedColumn {
	// The first rows had none.
	if (
		codes &&
		plan.guessed &&
		(plan.evidence.code === 'all_fit' || plan.evidence.code === 'most_fit')
	) {
		const alone = codes.rows.reduce((sum, row) => sum + (hasValue(column, row) ? 0 : 1), 0);
		plan.evidence = {
			code: 'codes_among',
			details: { codes: codes.rows.length, values: column.length - column.missing + alone }
		};
	}
	return {
		column: valued(plan.type, column),
		counts: null,
		companion: codes && plan.choice.codes === 'column' ? codeColumn(column.length, codes) : null,
		changes: [],
		lost: 0,
		unmatchedRows: 0,
		markers,
		said: {
			codes: codes ? codes.texts.map((text, i) => ({ text, rows: codes.counts[i] ?? 0 })) : [],
			zeros,
			mojibake: null,
			unmatched: [],
			renamed: 0,
			spellings: [],
			grouped: 0
		}
	};
}

/** With its value type, where that says more than how it is stored. */
function valued(type: ImportType, column: Column): Column {
	return storedAs(type) === type ? column : { ...column, valueType: type };
}

function codeColumn(rows: number, codes: NonNullable<BuiltColumn['codes']>): Column {
	const values: (string | null)[] = new Array<string | null>(rows).fill(null);
	codes.rows.forEach((row, i) => (values[row] = codes.texts[codes.ids[i] ?? 0] ?? null));
	return textColumn('', values);
}

function regionCodes({ column, counts }: Pick<MappedTexts, 'column' | 'counts'>): Column {
	return { ...mapTexts(column, counts, regionCode).column, valueType: 'identifier' };
}
