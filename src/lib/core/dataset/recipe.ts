/**
 * An import recipe: what a person decided of a file, kept with the version that it made, so that the next export is read
 * the same way. Plain JSON. No value of the file is in it but those that a person decided: texts read as missing,
 * spellings brought together (never of a column where personal information was found), and the reasons
 * for keeping.
 */
import { slips } from '../analysis/near.ts';
import { InvalidError } from '../errors.ts';
import {
	ENCODINGS,
	IMPORT_TYPES,
	SEPARATORS,
	type ColumnChoice,
	type ColumnReport,
	type ImportChoices,
	type ImportNotes,
	type ImportType,
	type PersonalChoice
} from '../protocol/import.ts';
import { Reading } from '../report/reading.ts';
import { COLUMN_NAME_MAX } from './column-name.ts';

/** How a new export joins what is there: below it, in its place, or by its key. */
export const MERGE_MODES = ['add', 'replace', 'merge'] as const;
export type MergeMode = (typeof MERGE_MODES)[number];

export interface ImportRecipe {
	readonly format: 1;
	readonly choices: RecipeChoices;
	/** One for each column of the file, in its order, those left out included. */
	readonly columns: readonly RecipeColumn[];
	/** Names of the columns that tell a row from another; null: none was named. */
	readonly key: readonly string[] | null;
	readonly mode: MergeMode;
}
/** All that was decided, but the day on which it was: ages are reckoned anew. */
export type RecipeChoices = Omit<ImportChoices, 'today'>;
export interface RecipeColumn {
	/** As the file's header has it. */
	readonly header: string;
	readonly name: string;
	readonly type: ImportType;
}

export const RECIPE_LIMITS = {
	/** Of the whole recipe as JSON, in bytes of UTF-8. */
	bytes: 200_000,
	columns: 2_000,
	missing: 50,
	markerChars: 100,
	reasonChars: 500,
	groups: 1_000,
	spellings: 1_000,
	spellingChars: 300,
	key: 20,
	/** Of the name of a file in an archive, or of a sheet. */
	partChars: 1_000,
	depth: 20
} as const;

/**
 * @param sent parsed JSON, from anyone; what comes out has the recipe's fields and nothing else
 * @param notes of the same import: which columns have personal findings
 * @throws InvalidError `recipe_malformed` (details: where), `recipe_too_large` (details: kilobytes), `recipe_personal`
 * (details: column)
 */
export function readRecipe(sent: unknown, notes: ImportNotes | null = null): ImportRecipe {
	const recipe = recipeOf(new Reading(sent, '', 'recipe_malformed'));
	if (new TextEncoder().encode(JSON.stringify(recipe)).length > RECIPE_LIMITS.bytes)
		throw new InvalidError('recipe_too_large', { kilobytes: RECIPE_LIMITS.bytes / 1_000 });
	const personal = new Set(
		(notes?.columns ?? []).filter((column) => column.personal.length).map(({ name }) => name)
	);
	recipe.choices.columns?.forEach((choice, i) => {
		const name = recipe.columns[i]?.name ?? '';
		if (choice?.groups?.length && (choice.personal !== undefined || personal.has(name)))
			throw new InvalidError('recipe_personal', { column: name });
	});
	return recipe;
}

function recipeOf(reading: Reading): ImportRecipe {
	reading.only(['format', 'choices', 'columns', 'key', 'mode']);
	if (reading.at('format').value !== 1) reading.at('format').refuse();
	const columns = reading.at('columns').list(RECIPE_LIMITS.columns, (column) => {
		column.only(['header', 'name', 'type']);
		return {
			header: column.at('header').text(COLUMN_NAME_MAX),
			name: column.at('name').text(COLUMN_NAME_MAX),
			type: column.at('type').oneOf(IMPORT_TYPES)
		};
	});
	const choices = membersOf<RecipeChoices>(reading.at('choices'), CHOICES);
	if ((choices.columns?.length ?? 0) > columns.length) reading.at('choices').at('columns').refuse();
	choices.columns?.forEach((choice, i) => {
		if (choice?.groups && !mayGroup(columns[i]?.type)) reading.at('choices').at('columns').refuse();
	});
	const kept = new Set(
		columns.filter((_, i) => choices.columns?.[i]?.keep !== false).map(({ name }) => name)
	);
	const mode = reading.at('mode').oneOf(MERGE_MODES);
	const key = reading.at('key').orNull((names) =>
		names.list(RECIPE_LIMITS.key, (name) => {
			const text = name.text(COLUMN_NAME_MAX);
			return kept.has(text) ? text : name.refuse();
		})
	);
	if (key ? !key.length || new Set(key).size < key.length : mode === 'merge')
		reading.at('key').refuse();
	return { format: 1, choices, columns, key, mode };
}

/** What is said of a column by the report of its import. */
type ReportedColumn = Pick<ColumnReport, 'header' | 'name' | 'type' | 'personal'>;

/**
 * The recipe of an import, for the page that sends it: what was decided, without the groups of spellings that a recipe may
 * not hold (of what is no text, or where personal information was found).
 * @param columns of the report, in the order of the file
 */
export function makeRecipe(
	{ today: _, ...choices }: ImportChoices,
	columns: readonly ReportedColumn[],
	key: readonly string[] | null,
	mode: MergeMode
): ImportRecipe {
	const decided = choices.columns?.slice(0, columns.length).map((choice, i) => {
		if (!choice?.groups) return choice;
		const { groups, ...rest } = choice;
		const column = columns[i];
		const mayHold =
			mayGroup(column?.type) && !column?.personal.length && choice.personal === undefined;
		return mayHold ? { ...rest, groups } : rest;
	});
	return {
		format: 1,
		choices: { ...choices, ...(decided && { columns: decided }) },
		columns: columns.map(({ header, name, type }) => ({ header, name, type })),
		key,
		mode
	};
}

/** Whether spellings of its values may be brought together. */
const mayGroup = (type: ImportType | undefined): boolean =>
	type === 'category' || type === 'text' || type === 'region';

type Readers<T> = { readonly [K in keyof Required<T>]: (reading: Reading) => T[K] };

/** The members that are there, each by its reader; a choice that the readers do not know is refused. */
function membersOf<T extends object>(reading: Reading, readers: Readers<T>): T {
	reading.only(Object.keys(readers));
	const read: Partial<T> = {};
	for (const name of Object.keys(readers) as (keyof T & string)[])
		if (reading.at(name).value !== undefined) read[name] = readers[name](reading.at(name));
	return read as T;
}

// A choice that import learns is written here before a recipe may hold it: the types see to it.
const COLUMN_CHOICES: Readers<ColumnChoice> = {
	type: (r) => r.oneOf(IMPORT_TYPES),
	name: (r) => r.text(COLUMN_NAME_MAX),
	keep: (r) => r.flag(),
	personal: personalOf,
	codes: (r) => r.oneOf(['column'] as const),
	code: (r) => r.flag(),
	mend: (r) => r.flag(),
	zeroMissing: (r) => r.flag(),
	groups: (r) =>
		r.list(RECIPE_LIMITS.groups, (group) => {
			group.only(['to', 'from']);
			return {
				to: group.at('to').text(RECIPE_LIMITS.spellingChars),
				from: group
					.at('from')
					.list(RECIPE_LIMITS.spellings, (text) => text.text(RECIPE_LIMITS.spellingChars))
			};
		})
};
const CHOICES: Readers<RecipeChoices> = {
	encoding: (r) => r.oneOf(ENCODINGS),
	separator: (r) => r.oneOf(SEPARATORS),
	decimal: (r) => r.oneOf([',', '.'] as const),
	dateOrder: (r) => r.oneOf(['dmy', 'mdy'] as const),
	header: (r) => r.flag(),
	headerRecords: (r) => (within(r, 1, 2) === 2 ? 2 : 1),
	totals: (r) => r.oneOf(['keep'] as const),
	member: (r) => r.text(RECIPE_LIMITS.partChars),
	sheet: (r) => r.text(RECIPE_LIMITS.partChars),
	depth: (r) => within(r, 0, RECIPE_LIMITS.depth),
	masks: (r) => r.oneOf(['fr', 'en'] as const),
	missing: (r) => r.list(RECIPE_LIMITS.missing, (text) => text.text(RECIPE_LIMITS.markerChars)),
	columns: (r) =>
		r.list(RECIPE_LIMITS.columns, (column) =>
			column.orNull((choice) => membersOf<ColumnChoice>(choice, COLUMN_CHOICES))
		)
};

function within(reading: Reading, least: number, most: number): number {
	const count = reading.count();
	return count >= least && count <= most ? count : reading.refuse();
}

function personalOf(reading: Reading): PersonalChoice {
	const action = reading
		.at('action')
		.oneOf(['drop', 'generalise', 'pseudonymise', 'mask', 'keep'] as const);
	if (action !== 'keep') return reading.only(['action']) && { action };
	reading.only(['action', 'reason']);
	return { action, reason: reading.at('reason').text(RECIPE_LIMITS.reasonChars) };
}

// ---------------------------------------------------------------- another export

/** How the header of another export stands to a recipe. Columns are told by position, in the recipe and in the file. */
export interface RecipeMatch {
	/** The same headers, each as often, in whatever order. */
	readonly same: boolean;
	/** For each column of the file, that of the recipe; null: the recipe knows none. */
	readonly from: readonly (number | null)[];
	/** Of the file: those that the recipe does not know. */
	readonly added: readonly number[];
	/** Of the recipe: those that the file has no more. */
	readonly gone: readonly number[];
	/** The same but for spelling: a guess, to be asked of the person. */
	readonly renamed: readonly { readonly recipe: number; readonly file: number }[];
}

/**
 * Pairs columns by their headers: first those written alike (one that is there twice, in order), then those that differ
 * by case, accents or punctuation alone, then those one slip of the keyboard apart, or two in a long one. A header that
 * is as near to two others is paired with none.
 */
export function matchRecipe(
	recipe: Pick<ImportRecipe, 'columns'>,
	headers: readonly string[]
): RecipeMatch {
	const from: (number | null)[] = headers.map(() => null);
	const waiting = new Map<string, number[]>();
	recipe.columns.forEach(({ header }, i) =>
		waiting.set(header, [...(waiting.get(header) ?? []), i])
	);
	headers.forEach((header, file) => (from[file] = waiting.get(header)?.shift() ?? null));
	const paired = new Set(from);
	let gone = recipe.columns.map((_, i) => i).filter((i) => !paired.has(i));
	let added = headers.map((_, i) => i).filter((i) => from[i] === null);
	const renamed: { recipe: number; file: number }[] = [];
	const ofRecipe = new Map(gone.map((i) => [i, comparedOf(recipe.columns[i]?.header ?? '')]));
	const ofFile = new Map(added.map((j) => [j, comparedOf(headers[j] ?? '')]));
	for (const near of [(a: Compared, b: Compared) => a.bare === b.bare, isSlip]) {
		if (near === isSlip && gone.length * added.length > MOST_COMPARED) break;
		/** For each column of the file, those of the recipe that are as near; each pair is looked at once. */
		const rivals = new Map<number, number>();
		const found: { recipe: number; files: number[] }[] = [];
		for (const i of gone) {
			const mine = ofRecipe.get(i);
			const files = added.filter((j) => {
				const theirs = ofFile.get(j);
				return mine && theirs && mine.bare !== '' && near(mine, theirs);
			});
			for (const j of files) rivals.set(j, (rivals.get(j) ?? 0) + 1);
			found.push({ recipe: i, files });
		}
		const pairs = found.flatMap(({ recipe: i, files: [file, ...others] }) =>
			file !== undefined && !others.length && rivals.get(file) === 1 ? [{ recipe: i, file }] : []
		);
		for (const pair of pairs) from[pair.file] = pair.recipe;
		renamed.push(...pairs);
		gone = gone.filter((i) => !pairs.some((pair) => pair.recipe === i));
		added = added.filter((j) => !pairs.some((pair) => pair.file === j));
	}
	return { same: !gone.length && !added.length && !renamed.length, from, added, gone, renamed };
}

/** The recipe's choices for that file: its columns' in the order of the file, none for those that it does not know. */
export function choicesFor(recipe: ImportRecipe, match: RecipeMatch): RecipeChoices {
	const columns = match.from.map((i): ColumnChoice | null => {
		const known = i === null ? undefined : recipe.columns[i];
		if (i === null || !known) return null;
		// Its name and type are what they were, though they had been guessed.
		const { name, type } = known;
		return { name, type, ...recipe.choices.columns?.[i] };
	});
	return { ...recipe.choices, columns };
}

/** Pairs of headers that are looked at for slips: no more, so that the page does not stop. */
const MOST_COMPARED = 100_000;
/** Letters and figures of a header in which slips are looked for: longer ones are sentences. */
const COMPARED_LETTERS = 100;

interface Compared {
	readonly bare: string;
	/** Its figures, in groups: `Prix 2023` and `Prix 2024` are two things. */
	readonly digits: string;
}
function comparedOf(header: string): Compared {
	const text = bare(header);
	return { bare: text, digits: text.replace(/\P{N}+/gu, ' ') };
}

const bare = (header: string): string =>
	header
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, '');

function isSlip({ bare: a, digits }: Compared, { bare: b, digits: others }: Compared): boolean {
	const shortest = Math.min(a.length, b.length);
	const limit = shortest < 4 ? 0 : shortest < 10 ? 1 : 2;
	if (digits !== others || Math.max(a.length, b.length) > COMPARED_LETTERS) return false;
	return slips(a, b, limit) <= limit;
}
