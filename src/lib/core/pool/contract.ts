/**
 * The shared schema of a pool: what every organisation's part must look like once it is mapped. Plain data; what
 * comes from a page or a store passes `readContract` before anything believes it.
 */
import { COLUMN_NAME_MAX } from '../dataset/column-name.ts';
import { storedAs, VALUE_TYPES, type ValueType } from '../dataset/value-type.ts';
import { InvalidError } from '../errors.ts';
import {
	LICENCES,
	PUBLICATION_TERMS,
	type Licence,
	type PublicationTerms
} from '../governance/terms.ts';
import { foldValue } from './fold.ts';
import { GRAINS, type Grain } from './period.ts';

/** The column that says whose a row of the pool is: added when the parts are read as one table. */
export const ORGANISATION_COLUMN = 'organisme';

export const CONTRACT_LIMITS = {
	columns: 200,
	allowed: 500,
	synonyms: 40,
	title: 200,
	label: 200,
	description: 2_000,
	value: 200,
	unit: 20
} as const;

/** The same words in both languages. */
export interface Words {
	readonly fr: string;
	readonly en: string;
}

export interface AllowedValue {
	readonly value: string;
	/** How contributors write it, in either language. */
	readonly synonyms: readonly string[];
}

export interface ContractColumn {
	readonly name: string;
	readonly label: Words;
	readonly description: Words;
	readonly type: ValueType;
	/** As a page prints it after a number: `$`, `%`, `billets`; '' for none. */
	readonly unit: string;
	readonly required: boolean;
	/** Texts only; null where any value may stand. */
	readonly allowed: readonly AllowedValue[] | null;
	/** Other names of the column, in either language. */
	readonly synonyms: readonly string[];
	/** Of numbers, both included; null for no bound. */
	readonly min: number | null;
	readonly max: number | null;
}

export interface Contract {
	readonly title: Words;
	readonly description: Words;
	readonly columns: readonly ContractColumn[];
	/** Names of the columns that together tell a row from the others of its part; empty for none. */
	readonly key: readonly string[];
	/** The date that says which period a row belongs to; null where parts have no period. */
	readonly period: { readonly column: string; readonly grain: Grain } | null;
	/** What contributors accept for the pool as a whole. */
	readonly terms: { readonly licence: Licence; readonly publication: PublicationTerms };
}

export const isNumeric = (type: ValueType): boolean =>
	storedAs(type) === 'number' || storedAs(type) === 'integer';

/** Shape or limit that the contract breaks; `where` names the place, for who writes contracts. */
const refuse = (why: string, where = ''): never => {
	throw new InvalidError('contract_invalid', { why, where });
};

/**
 * A contract from what was sent, whatever it is: only what is known of it is kept.
 * @throws InvalidError `contract_invalid` (why, where)
 */
export function readContract(sent: unknown): Contract {
	const raw = record(sent, 'contract');
	const columns = list(raw.columns, CONTRACT_LIMITS.columns, 'columns').map(readColumn);
	if (columns.length === 0) refuse('empty', 'columns');
	const byName = new Map<string, ContractColumn>();
	for (const column of columns) {
		if (byName.has(column.name)) refuse('twice', column.name);
		byName.set(column.name, column);
	}
	const key = list(raw.key ?? [], 10, 'key').map((name) => line(name, COLUMN_NAME_MAX, 'key'));
	for (const name of key)
		// A row without its key could not be told from another.
		if (!byName.get(name)?.required) refuse('key_not_required', name);
	if (new Set(key).size !== key.length) refuse('twice', 'key');
	return {
		title: words(raw.title, CONTRACT_LIMITS.title, 'title', true),
		description: words(raw.description, CONTRACT_LIMITS.description, 'description', false),
		columns,
		key,
		period: readPeriod(raw.period, byName),
		terms: readTerms(raw.terms)
	};
}

function readPeriod(
	sent: unknown,
	byName: ReadonlyMap<string, ContractColumn>
): Contract['period'] {
	if (sent === null || sent === undefined) return null;
	const raw = record(sent, 'period');
	const name = line(raw.column, COLUMN_NAME_MAX, 'period');
	const column = byName.get(name);
	if (!column?.required || (column.type !== 'date' && column.type !== 'datetime'))
		refuse('period_column', name);
	if (!GRAINS.includes(raw.grain as Grain)) refuse('grain', 'period');
	return { column: name, grain: raw.grain as Grain };
}

function readTerms(sent: unknown): Contract['terms'] {
	const raw = record(sent, 'terms');
	if (!LICENCES.includes(raw.licence as Licence)) refuse('licence', 'terms');
	if (!PUBLICATION_TERMS.includes(raw.publication as PublicationTerms))
		refuse('publication', 'terms');
	return { licence: raw.licence as Licence, publication: raw.publication as PublicationTerms };
}

function readColumn(sent: unknown): ContractColumn {
	const raw = record(sent, 'column');
	const name = line(raw.name, COLUMN_NAME_MAX, 'name');
	if (name === ORGANISATION_COLUMN || name === '__proto__') refuse('reserved', name);
	if (!VALUE_TYPES.includes(raw.type as ValueType)) refuse('type', name);
	const type = raw.type as ValueType;
	const [min, max] = [bound(raw.min, name), bound(raw.max, name)];
	if ((min !== null || max !== null) && !isNumeric(type)) refuse('bounds_of_text', name);
	if (min !== null && max !== null && min > max) refuse('bounds_crossed', name);
	return {
		name,
		label: words(raw.label, CONTRACT_LIMITS.label, name, true),
		description: words(raw.description, CONTRACT_LIMITS.description, name, false),
		type,
		unit: raw.unit === undefined ? '' : line(raw.unit, CONTRACT_LIMITS.unit, name, false),
		required: raw.required === true,
		allowed: readAllowed(raw.allowed, type, name),
		synonyms: synonymsOf(raw.synonyms, name),
		min,
		max
	};
}

function readAllowed(sent: unknown, type: ValueType, name: string): ContractColumn['allowed'] {
	if (sent === null || sent === undefined) return null;
	if (type !== 'text' && type !== 'category') refuse('allowed_of_type', name);
	const allowed = list(sent, CONTRACT_LIMITS.allowed, name).map((each) => {
		const raw = record(each, name);
		return {
			value: line(raw.value, CONTRACT_LIMITS.value, name),
			synonyms: synonymsOf(raw.synonyms, name)
		};
	});
	if (allowed.length === 0) refuse('empty', name);
	// A spelling that means two values means none.
	const met = new Map<string, string>();
	for (const { value, synonyms } of allowed)
		for (const spelling of [value, ...synonyms]) {
			const folded = foldValue(spelling);
			const before = met.get(folded);
			if (before !== undefined && (before !== value || spelling === value))
				refuse('value_twice', `${name}: ${spelling}`);
			met.set(folded, value);
		}
	return allowed;
}

const synonymsOf = (sent: unknown, where: string): string[] =>
	list(sent ?? [], CONTRACT_LIMITS.synonyms, where).map((each) =>
		line(each, CONTRACT_LIMITS.value, where)
	);

function bound(sent: unknown, where: string): number | null {
	if (sent === null || sent === undefined) return null;
	if (typeof sent !== 'number' || !Number.isFinite(sent)) return refuse('bound', where);
	return sent;
}

function record(sent: unknown, where: string): Readonly<Record<string, unknown>> {
	if (typeof sent !== 'object' || sent === null || Array.isArray(sent))
		return refuse('shape', where);
	return sent as Record<string, unknown>;
}

function list(sent: unknown, most: number, where: string): readonly unknown[] {
	if (!Array.isArray(sent)) return refuse('shape', where);
	if (sent.length > most) refuse('too_many', where);
	return sent;
}

function line(sent: unknown, most: number, where: string, needed = true): string {
	if (typeof sent !== 'string') return refuse('shape', where);
	const text = sent.trim();
	if (needed && text === '') refuse('empty', where);
	if (text.length > most) refuse('too_long', where);
	// eslint-disable-next-line no-control-regex -- that is what is refused
	if (/[\u0000-\u001f\u007f]/.test(text)) refuse('control', where);
	return text;
}

function words(sent: unknown, most: number, where: string, needed: boolean): Words {
	const raw = record(sent ?? {}, where);
	const say = (lang: 'fr' | 'en'): string =>
		line(raw[lang] ?? '', most, `${where} (${lang})`, needed);
	return { fr: say('fr'), en: say('en') };
}
