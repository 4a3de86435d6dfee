/** A contract to begin with: the columns of a dataset that the organisation has already, or those of the demo's. */
import { storedAs, VALUE_TYPES, type ValueType } from '../../core/dataset/value-type.ts';
import { InvalidError } from '../../core/errors.ts';
import type { Lang } from '../../core/notebook/notebook.ts';
import {
	ORGANISATION_COLUMN,
	type Contract,
	type ContractColumn
} from '../../core/pool/contract.ts';
import type { Actor, App } from '../app.ts';
import { listUsableDatasets } from '../datasets/describe.ts';
import { SALES_CONTRACT } from '../demo/exports/sales-contract.ts';

/** Where columns of a contract may come from. */
export interface ContractSource {
	/** Of a dataset; `MODEL` for the demo's contract. */
	readonly id: string;
	/** Of a dataset; null for the demo's contract. */
	readonly title: string | null;
	readonly columns: readonly ContractColumn[];
}
export const MODEL = 'modele';

/** The datasets of the actor's organisations, the latest changed first, then the demo's contract. */
export const contractSources = (app: App, actor: Actor, lang: Lang): ContractSource[] => [
	...listUsableDatasets(app, actor, lang)
		.filter(({ own }) => own)
		.map(({ id, title, columns }) => ({
			...{ id, title },
			columns: columns
				.filter(({ name }) => name !== ORGANISATION_COLUMN)
				.map(({ name, type: stored, valueType: type = stored, missing }) => ({
					name,
					label: { fr: labelOf(name), en: labelOf(name) },
					description: { fr: '', en: '' },
					type: VALUE_TYPES.includes(type as ValueType) ? (type as ValueType) : 'text',
					unit: '',
					required: missing === 0,
					allowed: null,
					synonyms: [],
					min: null,
					max: null
				}))
		})),
	{ id: MODEL, title: null, columns: SALES_CONTRACT.columns }
];

/** `date_representation` as people would write it; what has spaces or capitals of its own stays. */
const labelOf = (name: string): string => {
	if (!/^[\p{Ll}\d_]+$/u.test(name)) return name;
	const words = name.replaceAll('_', ' ').trim();
	return words ? words.charAt(0).toUpperCase() + words.slice(1) : name;
};

export interface PoolDraft {
	/** Id of a `ContractSource`. */
	readonly from: string;
	readonly titleFr: string;
	readonly titleEn: string;
	/** '' for no periods; otherwise by the first date that every row has. */
	readonly grain: string;
	readonly licence: string;
	readonly publication: string;
}

/** Not checked: `readContract` has the last word. @throws InvalidError `unknown_choice` on the source */
export function draftContract(app: App, actor: Actor, draft: PoolDraft): unknown {
	const source = contractSources(app, actor, 'fr').find(({ id }) => id === draft.from);
	if (!source) throw new InvalidError('unknown_choice', {}, 'from');
	const { columns } = source;
	const day = columns.find(
		({ type, required }) => required && ['date', 'datetime'].includes(storedAs(type))
	);
	if (draft.grain !== '' && !day) throw new InvalidError('pool_no_date', {}, 'grain');
	const key: Contract['key'] = source.id === MODEL ? SALES_CONTRACT.key : [];
	return {
		title: { fr: draft.titleFr, en: draft.titleEn },
		columns,
		key,
		period: draft.grain !== '' && day ? { column: day.name, grain: draft.grain } : null,
		terms: { licence: draft.licence, publication: draft.publication }
	};
}
