/** What a steward says of a dataset, checked. */
import { InvalidError } from '../../core/errors.ts';
import {
	LICENCES,
	PUBLICATION_TERMS,
	type Licence,
	type PublicationTerms
} from '../../core/governance/terms.ts';
import {
	cleanAbout,
	NOTHING_SAID,
	type AboutField,
	type DatasetAbout
} from '../../core/dataset/about.ts';
import { cleanColumns } from '../../core/dataset/column-about.ts';
import {
	cleanTerms,
	DEFAULT_TERMS,
	type DatasetTerms,
	type TermsField
} from '../../core/governance/dataset-terms.ts';
import { cleanLine, visibleText } from '../../core/people/profile.ts';
import {
	PERSONAL_KINDS,
	type ImportNotes,
	type PersonalAction,
	type PersonalKind
} from '../../core/protocol/import.ts';
import type { datasets } from '../db/schema.ts';
import { textsOf } from '../form.ts';

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
	/** What else is said of it, and its other terms: what is not there stays as it was. */
	readonly about?: Readonly<Partial<Record<AboutField, unknown>>>;
	readonly terms?: Readonly<Partial<Record<TermsField, unknown>>>;
	/** What is said of its columns: a list of `ColumnAbout`; absent: as it was. */
	readonly columns?: unknown;
}

type Stored = Pick<
	typeof datasets.$inferInsert,
	| 'title'
	| 'description'
	| 'licence'
	| 'publication'
	| 'synthetic'
	| 'about'
	| 'columnsAbout'
	| keyof DatasetTerms
>;

/**
 * As the store keeps them.
 * @param before what the store has of it
 * @throws InvalidError naming the field to mend
 */
export function storedFields(
	fields: DatasetFields,
	before:
		(DatasetTerms & Pick<typeof datasets.$inferSelect, 'about' | 'columnsAbout'>) | null = null
): Stored {
	const { columns } = fields;
	return {
		...cleanFields(fields),
		about: cleanAbout(fields.about ?? {}, aboutOf(before)),
		...cleanTerms(fields.terms ?? {}, before ? termsOf(before) : DEFAULT_TERMS),
		columnsAbout: columns === undefined ? (before?.columnsAbout ?? null) : cleanColumns(columns)
	};
}

/** What is said of a stored dataset; fields that came later are empty. */
export const aboutOf = (stored: { readonly about: DatasetAbout | null } | null): DatasetAbout => ({
	...NOTHING_SAID,
	...stored?.about
});

export const termsOf = ({
	audience,
	minimumGroup,
	validUntil,
	purpose,
	acknowledgement,
	remuneration
}: DatasetTerms): DatasetTerms => ({
	...{ audience, minimumGroup, validUntil, purpose, acknowledgement, remuneration }
});

/** @throws InvalidError naming the field to mend */
export function cleanFields(
	fields: DatasetFields
): Pick<DatasetFields, 'title' | 'description' | 'licence' | 'publication' | 'synthetic'> {
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

/** Fields as a page or a form sends them, whatever these are; those of `about` and of the terms by their own names. */
export function fieldsOf(sent: Readonly<Record<string, unknown>>): DatasetFields {
	const text = (name: string): string => (typeof sent[name] === 'string' ? sent[name] : '');
	const those = <F extends string>(names: readonly F[]): Partial<Record<F, unknown>> =>
		Object.fromEntries(
			names.filter((name) => Object.hasOwn(sent, name)).map((name) => [name, sent[name]])
		) as Partial<Record<F, unknown>>;
	return {
		title: text('title'),
		description: text('description'),
		licence: text('licence') as Licence,
		publication: (text('publication') || 'nothing') as PublicationTerms,
		synthetic: sent.synthetic === true || sent.synthetic === 'on',
		about: those(Object.keys(NOTHING_SAID) as AboutField[]),
		terms: those(Object.keys(DEFAULT_TERMS) as TermsField[]),
		...(Object.hasOwn(sent, 'columns') && { columns: sent.columns })
	};
}

/**
 * What a form sent, by the names of its fields: a text, or a list where there were several. Fields `columnName`,
 * `columnLabel`, `columnFr`, `columnEn` and `columnUnit`, one of each a column, become `columns`.
 */
export function sentFields(form: FormData): Record<string, unknown> {
	const sent = new Map<string, unknown>();
	for (const name of new Set(form.keys())) {
		const texts = textsOf(form, name);
		if (!name.startsWith('column')) sent.set(name, texts.length > 1 ? texts : texts[0]);
	}
	const [labels, fr, en, units] = ['columnLabel', 'columnFr', 'columnEn', 'columnUnit'].map(
		(name) => textsOf(form, name)
	);
	const names = textsOf(form, 'columnName');
	if (names.length)
		sent.set(
			'columns',
			names.map((name, i) => ({
				name,
				label: labels?.[i],
				description: { fr: fr?.[i], en: en?.[i] },
				unit: units?.[i]
			}))
		);
	return Object.fromEntries(sent);
}

/**
 * What is kept of how the table was made: decisions and counts, never a value of the file.
 * @throws InvalidError `personal_reason_required` if personal information was kept without a reason
 */
export function cleanNotes(sent: unknown): ImportNotes | null {
	if (typeof sent !== 'object' || sent === null) return null;
	const notes = sent as Partial<ImportNotes>;
	// Asked first: an object may have a `toString` that is no function.
	const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
	const word = (value: unknown): never => textOf(value).slice(0, 20) as never;
	const count = (value: unknown): number =>
		typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : 0;
	const columns = Array.isArray(notes.columns) ? notes.columns.slice(0, 2_000) : [];
	return {
		encoding: word(notes.encoding),
		separator: word(notes.separator),
		decimal: word(notes.decimal),
		header: notes.header === true,
		...(typeof notes.keyFingerprint === 'string' && /^[0-9a-z]{8}$/.test(notes.keyFingerprint)
			? { keyFingerprint: notes.keyFingerprint }
			: {}),
		counts: Object.fromEntries(
			Object.entries(notes.counts ?? {})
				.slice(0, 50)
				.map(([code, value]) => [code.slice(0, 30), count(value)])
		),
		columns: columns.map((column) => ({
			name: textOf(column?.name).slice(0, 300),
			type: word(column?.type),
			kept: column?.kept === true,
			misfits: count(column?.misfits),
			personal: ((Array.isArray(column?.personal) ? column.personal : []) as SentFinding[])
				.filter((finding) => PERSONAL_KINDS.includes(finding?.kind as PersonalKind))
				.map((finding) => {
					const reason = textOf(finding.reason).trim().slice(0, MAX_REASON);
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
