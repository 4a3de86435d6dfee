/** What a steward says of a dataset, checked. */
import { InvalidError } from '../../core/errors.ts';
import {
	LICENCES,
	PUBLICATION_TERMS,
	type Licence,
	type PublicationTerms
} from '../../core/governance/terms.ts';
import { cleanLine, visibleText } from '../../core/people/profile.ts';
import {
	PERSONAL_KINDS,
	type ImportNotes,
	type PersonalAction,
	type PersonalKind
} from '../../core/protocol/import.ts';

export const MAX_TITLE = 200;
export const MAX_DESCRIPTION = 5_000;
const MAX_REASON = 500;

export interface DatasetFields {
	readonly title: string;
	readonly description: string;
	readonly licence: Licence;
	/** What may be published of it. */
	readonly publication: PublicationTerms;
	readonly synthetic: boolean;
}

/** @throws InvalidError naming the field to mend */
export function cleanFields(fields: DatasetFields): DatasetFields {
	const title = cleanLine(fields.title, 'title', 'title_required', MAX_TITLE);
	const description = visibleText(fields.description);
	if (description.length > MAX_DESCRIPTION)
		throw new InvalidError('too_long', { max: MAX_DESCRIPTION }, 'description');
	if (!LICENCES.includes(fields.licence)) throw new InvalidError('unknown_choice', {}, 'licence');
	if (!PUBLICATION_TERMS.includes(fields.publication))
		throw new InvalidError('unknown_choice', {}, 'publication');
	return {
		title,
		description,
		licence: fields.licence,
		publication: fields.publication,
		synthetic: fields.synthetic === true
	};
}

/** A finding as a page says it was dealt with, whatever it sent. */
interface SentFinding {
	readonly kind?: unknown;
	readonly action?: unknown;
	readonly reason?: unknown;
}

/** Fields as a page sends them, whatever these are. */
export function fieldsOf(sent: Readonly<Record<string, unknown>>): DatasetFields {
	const text = (name: string): string => (typeof sent[name] === 'string' ? sent[name] : '');
	return {
		title: text('title'),
		description: text('description'),
		licence: text('licence') as Licence,
		publication: (text('publication') || 'nothing') as PublicationTerms,
		synthetic: sent.synthetic === true || sent.synthetic === 'on'
	};
}

/**
 * What is kept of how the table was made: decisions and counts, never a value of the file.
 * @throws InvalidError `personal_reason_required` if personal information was kept without a reason
 */
export function cleanNotes(sent: unknown): ImportNotes | null {
	if (typeof sent !== 'object' || sent === null) return null;
	const notes = sent as Partial<ImportNotes>;
	const word = (value: unknown): never => String(value ?? '').slice(0, 20) as never;
	const count = (value: unknown): number =>
		typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : 0;
	const columns = Array.isArray(notes.columns) ? notes.columns.slice(0, 2_000) : [];
	return {
		encoding: word(notes.encoding),
		separator: word(notes.separator),
		decimal: word(notes.decimal),
		header: notes.header === true,
		counts: Object.fromEntries(
			Object.entries(notes.counts ?? {})
				.slice(0, 20)
				.map(([code, value]) => [code.slice(0, 30), count(value)])
		),
		columns: columns.map((column) => ({
			name: String(column?.name ?? '').slice(0, 300),
			type: word(column?.type),
			kept: column?.kept === true,
			misfits: count(column?.misfits),
			personal: ((Array.isArray(column?.personal) ? column.personal : []) as SentFinding[])
				.filter((finding) => PERSONAL_KINDS.includes(finding?.kind as PersonalKind))
				.map((finding) => {
					const reason = String(finding.reason ?? '')
						.trim()
						.slice(0, MAX_REASON);
					if (finding.action === 'keep' && reason === '')
						throw new InvalidError('personal_reason_required');
					return {
						kind: finding.kind as PersonalKind,
						action: word(finding.action) as PersonalAction,
						reason
					};
				})
		}))
	};
}
