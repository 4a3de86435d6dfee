/** A contract to begin with: the columns of a dataset that the organisation has already. */
import { storedAs, VALUE_TYPES, type ValueType } from '../../core/dataset/value-type.ts';
import { InvalidError } from '../../core/errors.ts';
import { ORGANISATION_COLUMN } from '../../core/pool/contract.ts';
import type { Actor, App } from '../app.ts';
import { listUsableDatasets } from '../datasets/describe.ts';

export interface PoolDraft {
	readonly datasetId: string;
	readonly titleFr: string;
	readonly titleEn: string;
	/** '' for no periods; otherwise by the first date that every row has. */
	readonly grain: string;
	readonly licence: string;
	readonly publication: string;
}

/** Not checked: `readContract` has the last word. @throws InvalidError `unknown_choice` on the dataset */
export function draftContract(app: App, actor: Actor, draft: PoolDraft): unknown {
	const dataset = listUsableDatasets(app, actor, 'fr').find(
		({ id, own }) => own && id === draft.datasetId
	);
	if (!dataset) throw new InvalidError('unknown_choice', {}, 'dataset');
	const columns = dataset.columns
		.filter(({ name }) => name !== ORGANISATION_COLUMN)
		.map(({ name, type: stored, valueType: type = stored, missing }) => ({
			name,
			label: { fr: name, en: name },
			type: VALUE_TYPES.includes(type as ValueType) ? type : 'text',
			required: missing === 0
		}));
	const day = columns.find(
		({ type, required }) => required && ['date', 'datetime'].includes(storedAs(type as ValueType))
	);
	if (draft.grain !== '' && !day) throw new InvalidError('pool_no_date', {}, 'grain');
	return {
		title: { fr: draft.titleFr, en: draft.titleEn },
		columns,
		key: [],
		period: draft.grain !== '' && day ? { column: day.name, grain: draft.grain } : null,
		terms: { licence: draft.licence, publication: draft.publication }
	};
}
