/**
 * A contract while a person writes it in a form: everything as it was typed, nothing lost because it does not hold
 * yet. What it makes is a contract only once `draftProblems` finds nothing.
 */
import { COLUMN_NAME_MAX } from '../dataset/column-name.ts';
import type { ValueType } from '../dataset/value-type.ts';
import {
	contractProblems,
	isNumeric,
	ORGANISATION_COLUMN,
	takesAllowed,
	type Contract,
	type ContractProblem
} from './contract.ts';
import { foldText } from './fold.ts';

export interface WordsDraft {
	fr: string;
	en: string;
}
export interface AllowedDraft {
	/** Tells it from the others while it is moved and removed. */
	readonly id: number;
	value: string;
	/** One a line. */
	synonyms: string;
}
export interface ColumnDraft {
	/** Tells it from the others while it is moved and removed. */
	readonly id: number;
	/** As notebooks read it; '' to make it from the French label. */
	name: string;
	label: WordsDraft;
	description: WordsDraft;
	type: ValueType;
	unit: string;
	required: boolean;
	/** Only the values listed may stand. */
	limited: boolean;
	allowed: AllowedDraft[];
	/** One a line. */
	synonyms: string;
	min: string;
	max: string;
	/** Part of what tells a row from the others. */
	inKey: boolean;
	/** Goes once the contract is stored; until then it can be put back, with all that was typed. */
	removed: boolean;
}
export interface ContractDraft {
	title: WordsDraft;
	description: WordsDraft;
	columns: ColumnDraft[];
	/** Id of the column of dates that says the period; null for no periods. */
	period: number | null;
	grain: string;
	licence: string;
	publication: string;
}

/** Gives each column and value an id of its own. */
export type NextId = () => number;

export const emptyColumn = (nextId: NextId): ColumnDraft => ({
	id: nextId(),
	name: '',
	label: { fr: '', en: '' },
	description: { fr: '', en: '' },
	type: 'text',
	unit: '',
	required: false,
	limited: false,
	allowed: [],
	synonyms: '',
	min: '',
	max: '',
	inKey: false,
	removed: false
});

export function draftOf(contract: Contract, nextId: NextId): ContractDraft {
	const columns = contract.columns.map((column) => ({
		...draftColumn(column, nextId),
		inKey: contract.key.includes(column.name)
	}));
	return {
		title: { ...contract.title },
		description: { ...contract.description },
		columns,
		period: columns.find(({ name }) => name === contract.period?.column)?.id ?? null,
		grain: contract.period?.grain ?? 'year',
		...contract.terms
	};
}

export function draftColumn(column: Contract['columns'][number], nextId: NextId): ColumnDraft {
	const { name, label, description, type, unit, required, allowed, synonyms, min, max } = column;
	return {
		...emptyColumn(nextId),
		...{ name, type, unit, required },
		label: { ...label },
		description: { ...description },
		limited: allowed !== null,
		allowed: (allowed ?? []).map((each) => ({
			id: nextId(),
			value: each.value,
			synonyms: each.synonyms.join('\n')
		})),
		synonyms: synonyms.join('\n'),
		min: min === null ? '' : String(min),
		max: max === null ? '' : String(max)
	};
}

/** The columns that stay. */
export const standingColumns = ({ columns }: ContractDraft): ColumnDraft[] =>
	columns.filter(({ removed }) => !removed);

/** What `readContract` is to read. */
export function contractOf(draft: ContractDraft): unknown {
	const columns = standingColumns(draft);
	const names = columnNames(columns);
	const named = columns.map((column, i) => ({ column, name: names[i] ?? '' }));
	return {
		title: { ...draft.title },
		description: { ...draft.description },
		columns: named.map(({ column, name }) => ({
			name,
			label: { ...column.label },
			description: { ...column.description },
			type: column.type,
			unit: column.unit,
			required: column.required,
			allowed:
				column.limited && takesAllowed(column.type)
					? column.allowed.map(({ value, synonyms }) => ({ value, synonyms: lines(synonyms) }))
					: null,
			synonyms: lines(column.synonyms),
			min: isNumeric(column.type) ? bound(column.min) : null,
			max: isNumeric(column.type) ? bound(column.max) : null
		})),
		key: named.filter(({ column }) => column.inKey).map(({ name }) => name),
		period:
			draft.period === null
				? null
				: {
						column: named.find(({ column }) => column.id === draft.period)?.name ?? '',
						grain: draft.grain
					},
		terms: { licence: draft.licence, publication: draft.publication }
	};
}

/** All that keeps the draft from being a contract; positions are those of the columns that stay. */
export function draftProblems(draft: ContractDraft): readonly ContractProblem[] {
	const found = contractProblems(contractOf(draft));
	const paths = new Set(found.map(({ path }) => path));
	return found.filter(({ path, why }) => {
		const column = /^(columns\.\d+)\.name$/.exec(path)?.[1];
		// The name is made from the label: the one that lacks is told, not both.
		return why !== 'empty' || column === undefined || !paths.has(`${column}.label.fr`);
	});
}

/** The name of each column: as it was typed, or made from its label. */
export function columnNames(columns: readonly ColumnDraft[]): string[] {
	const taken = new Set(columns.map(({ name }) => name.trim()));
	return columns.map(({ name, label }) => {
		if (name.trim() !== '') return name.trim();
		const made = nameFrom(label.fr);
		let free = made;
		for (let n = 2; free !== '' && taken.has(free); n++) free = `${made}_${n}`;
		taken.add(free);
		return free;
	});
}

/** A name that is easy to write in a notebook: `date_de_representation`. */
function nameFrom(label: string): string {
	const name = foldText(label)
		.replace(/[^a-z0-9]+/g, '_')
		.replace(/^_+|_+$/g, '')
		.slice(0, COLUMN_NAME_MAX - 10);
	return name === ORGANISATION_COLUMN ? `${name}_nom` : name;
}

const lines = (text: string): string[] =>
	text
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line !== '');

/** Written in either language; what is no number is left as it is, to be refused where it stands. */
function bound(text: string): number | string | null {
	const plain = text
		.replace(/[\s\u00a0\u202f]/g, '')
		.replace('−', '-')
		.replace(',', '.');
	if (plain === '') return null;
	return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : text;
}

/** Puts a column one place before or after the next one that stays; answers whether it moved. */
export function moveColumn(draft: ContractDraft, id: number, by: -1 | 1): boolean {
	const from = draft.columns.findIndex((column) => column.id === id);
	const column = draft.columns[from];
	if (!column) return false;
	let to = from + by;
	while (draft.columns[to]?.removed) to += by;
	if (!draft.columns[to]) return false;
	draft.columns.splice(from, 1);
	draft.columns.splice(to, 0, column);
	return true;
}
