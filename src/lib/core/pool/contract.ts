/**
 * The shared schema of a pool: what every organisation's part must look like once it is mapped. Plain data; what
 * comes from a page or a store passes `readContract` before anything believes it. `contractProblems` tells all that
 * keeps something from being one, each with its place, for who writes it in a form.
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
	unit: 20,
	key: 10
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

/** Whether the contract may say which values such a column holds. */
export const takesAllowed = (type: ValueType): boolean => type === 'text' || type === 'category';

/** What is wrong somewhere in a contract. */
export type ContractFlaw =
	| 'shape'
	| 'empty'
	| 'twice'
	| 'reserved'
	| 'type'
	| 'too_long'
	| 'too_many'
	| 'control'
	| 'key_not_required'
	| 'period_column'
	| 'grain'
	| 'bound'
	| 'bounds_of_text'
	| 'bounds_crossed'
	| 'allowed_of_type'
	| 'value_twice'
	| 'licence'
	| 'publication';

export interface ContractProblem {
	readonly why: ContractFlaw;
	/** Names the place, for who writes contracts by hand. */
	readonly where: string;
	/** The same place as keys and positions: `columns.3.label.fr`. */
	readonly path: string;
	/** The limit, of what is too long or too many. */
	readonly max?: number;
}

/**
 * A contract from what was sent, whatever it is: only what is known of it is kept.
 * @throws InvalidError `contract_invalid` (why, where, path), for the first thing that is wrong
 */
export function readContract(sent: unknown): Contract {
	const reading = new Reading();
	const contract = reading.contract(sent);
	const [first] = reading.problems;
	if (first) throw new InvalidError('contract_invalid', { ...first }, 'contract');
	return contract;
}

/** All that keeps it from being one, in the order of its fields; nothing if it is. */
export function contractProblems(sent: unknown): readonly ContractProblem[] {
	const reading = new Reading();
	reading.contract(sent);
	return reading.problems;
}

type Raw = Readonly<Record<string, unknown>>;

/** Reads on past what is wrong: what stands in for it never leaves, since there are problems then. */
class Reading {
	readonly problems: ContractProblem[] = [];

	#refuse(why: ContractFlaw, where: string, path: string, max?: number): void {
		this.problems.push({ why, where, path, ...(max === undefined ? {} : { max }) });
	}

	contract(sent: unknown): Contract {
		const raw = this.#record(sent, 'contract', '');
		const title = this.#words(raw.title, CONTRACT_LIMITS.title, 'title', 'title', true);
		const description = this.#words(
			raw.description,
			CONTRACT_LIMITS.description,
			'description',
			'description',
			false
		);
		const columns = this.#list(raw.columns, CONTRACT_LIMITS.columns, 'columns', 'columns').map(
			(column, i) => this.#column(column, `columns.${i}`)
		);
		if (columns.length === 0) this.#refuse('empty', 'columns', 'columns');
		const byName = new Map<string, ContractColumn>();
		columns.forEach((column, i) => {
			if (column.name === '') return;
			if (byName.has(column.name)) this.#refuse('twice', column.name, `columns.${i}.name`);
			byName.set(column.name, column);
		});
		const key = this.#list(raw.key ?? [], CONTRACT_LIMITS.key, 'key', 'key').map((name) =>
			this.#line(name, COLUMN_NAME_MAX, 'key', 'key')
		);
		for (const name of key)
			// A row without its key could not be told from another.
			if (!byName.get(name)?.required) this.#refuse('key_not_required', name, 'key');
		if (new Set(key).size !== key.length) this.#refuse('twice', 'key', 'key');
		return {
			title,
			description,
			columns,
			key,
			period: this.#period(raw.period, byName),
			terms: this.#terms(raw.terms)
		};
	}

	#period(sent: unknown, byName: ReadonlyMap<string, ContractColumn>): Contract['period'] {
		if (sent === null || sent === undefined) return null;
		const raw = this.#record(sent, 'period', 'period.column');
		const name = this.#line(raw.column, COLUMN_NAME_MAX, 'period', 'period.column');
		const column = byName.get(name);
		if (!column?.required || (column.type !== 'date' && column.type !== 'datetime'))
			this.#refuse('period_column', name, 'period.column');
		const grain = this.#choice(raw.grain, GRAINS, 'grain', 'period', 'period.grain');
		return { column: name, grain };
	}

	#terms(sent: unknown): Contract['terms'] {
		const raw = this.#record(sent, 'terms', 'terms');
		return {
			licence: this.#choice(raw.licence, LICENCES, 'licence', 'terms', 'terms.licence'),
			publication: this.#choice(
				raw.publication,
				PUBLICATION_TERMS,
				'publication',
				'terms',
				'terms.publication'
			)
		};
	}

	#column(sent: unknown, path: string): ContractColumn {
		const raw = this.#record(sent, 'column', path);
		const name = this.#line(raw.name, COLUMN_NAME_MAX, 'name', `${path}.name`);
		if (name === ORGANISATION_COLUMN || name === '__proto__')
			this.#refuse('reserved', name, `${path}.name`);
		const label = this.#words(raw.label, CONTRACT_LIMITS.label, name, `${path}.label`, true);
		const description = this.#words(
			raw.description,
			CONTRACT_LIMITS.description,
			name,
			`${path}.description`,
			false
		);
		const type = this.#choice(raw.type, VALUE_TYPES, 'type', name, `${path}.type`);
		const unit =
			raw.unit === undefined
				? ''
				: this.#line(raw.unit, CONTRACT_LIMITS.unit, name, `${path}.unit`, false);
		const min = this.#bound(raw.min, name, `${path}.min`);
		const max = this.#bound(raw.max, name, `${path}.max`);
		if ((min !== null || max !== null) && !isNumeric(type))
			this.#refuse('bounds_of_text', name, `${path}.min`);
		if (min !== null && max !== null && min > max)
			this.#refuse('bounds_crossed', name, `${path}.max`);
		return {
			...{ name, label, description, type, unit },
			required: raw.required === true,
			allowed: this.#allowed(raw.allowed, type, name, `${path}.allowed`),
			synonyms: this.#synonyms(raw.synonyms, name, `${path}.synonyms`),
			...{ min, max }
		};
	}

	#allowed(sent: unknown, type: ValueType, name: string, path: string): ContractColumn['allowed'] {
		if (sent === null || sent === undefined) return null;
		if (!takesAllowed(type)) this.#refuse('allowed_of_type', name, path);
		const allowed = this.#list(sent, CONTRACT_LIMITS.allowed, name, path).map((each, j) => {
			const raw = this.#record(each, name, `${path}.${j}.value`);
			return {
				value: this.#line(raw.value, CONTRACT_LIMITS.value, name, `${path}.${j}.value`),
				synonyms: this.#synonyms(raw.synonyms, name, `${path}.${j}.synonyms`)
			};
		});
		if (allowed.length === 0) this.#refuse('empty', name, path);
		// A spelling that means two values means none.
		const met = new Map<string, number>();
		allowed.forEach(({ value, synonyms }, j) =>
			[value, ...synonyms].forEach((spelling, k) => {
				if (spelling === '') return;
				const folded = foldValue(spelling);
				const before = met.get(folded);
				if (before !== undefined && (before !== j || k === 0))
					this.#refuse(
						'value_twice',
						`${name}: ${spelling}`,
						`${path}.${j}.${k === 0 ? 'value' : 'synonyms'}`
					);
				met.set(folded, j);
			})
		);
		return allowed;
	}

	#synonyms(sent: unknown, where: string, path: string): string[] {
		return this.#list(sent ?? [], CONTRACT_LIMITS.synonyms, where, path).map((each) =>
			this.#line(each, CONTRACT_LIMITS.value, where, path)
		);
	}

	#bound(sent: unknown, where: string, path: string): number | null {
		if (sent === null || sent === undefined) return null;
		if (typeof sent === 'number' && Number.isFinite(sent)) return sent;
		this.#refuse('bound', where, path);
		return null;
	}

	#choice<const T extends string>(
		sent: unknown,
		among: readonly [T, ...T[]],
		why: ContractFlaw,
		where: string,
		path: string
	): T {
		const found = among.find((choice) => choice === sent);
		if (found !== undefined) return found;
		this.#refuse(why, where, path);
		return among[0];
	}

	#record(sent: unknown, where: string, path: string): Raw {
		if (typeof sent === 'object' && sent !== null && !Array.isArray(sent)) return sent as Raw;
		this.#refuse('shape', where, path);
		return {};
	}

	#list(sent: unknown, most: number, where: string, path: string): readonly unknown[] {
		if (!Array.isArray(sent)) {
			this.#refuse('shape', where, path);
			return [];
		}
		if (sent.length <= most) return sent;
		// What is too long a list is not read: it may be of any length.
		this.#refuse('too_many', where, path, most);
		return sent.slice(0, 1);
	}

	#line(
		sent: unknown,
		most: number,
		where: string,
		path: string,
		needed = true,
		lines = false
	): string {
		if (typeof sent !== 'string') {
			this.#refuse('shape', where, path);
			return '';
		}
		const text = (lines ? sent.replaceAll('\r\n', '\n') : sent).trim();
		if (needed && text === '') this.#refuse('empty', where, path);
		if (text.length > most) this.#refuse('too_long', where, path, most);
		const told = lines ? text.replaceAll('\n', '') : text;
		// eslint-disable-next-line no-control-regex -- that is what is refused
		if (/[\u0000-\u001f\u007f]/.test(told)) this.#refuse('control', where, path);
		return text;
	}

	#words(sent: unknown, most: number, where: string, path: string, needed: boolean): Words {
		const raw = this.#record(sent ?? {}, where, path);
		const say = (lang: 'fr' | 'en'): string =>
			// What must be said is a name: it stands on one line.
			this.#line(raw[lang] ?? '', most, `${where} (${lang})`, `${path}.${lang}`, needed, !needed);
		return { fr: say('fr'), en: say('en') };
	}
}
