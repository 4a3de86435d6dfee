/** What a steward says of a dataset's columns: kept on the dataset by name, whatever version has the column. */
import { InvalidError } from '../errors.ts';
import type { Lang } from '../notebook/notebook.ts';
import { optionalLine, visibleText } from '../people/profile.ts';
import { COLUMN_NAME_MAX } from './column-name.ts';

export interface ColumnAbout {
	/** As the data have it. */
	readonly name: string;
	/** For people, where the name is not; '' for none. */
	readonly label: string;
	readonly description: Readonly<Record<Lang, string>>;
	/** `$`, `billets`, `%`, `km`; '' for none. */
	readonly unit: string;
}

export const COLUMN_ABOUT_LIMITS = {
	columns: 2_000,
	label: 200,
	description: 1_000,
	unit: 40,
	/** Of all of it, as JSON text. */
	jsonChars: 500_000
} as const;

/**
 * @param sent a list of `{ name, label?, description?: { fr?, en? }, unit? }`; those of which nothing is said are left out
 * @throws InvalidError `request_malformed` for what is no such list or names a column twice, `too_long`
 */
export function cleanColumns(sent: unknown): ColumnAbout[] {
	const malformed = () => new InvalidError('request_malformed', {}, 'columns');
	if (!Array.isArray(sent) || sent.length > COLUMN_ABOUT_LIMITS.columns) throw malformed();
	const names = new Set<string>();
	const columns: ColumnAbout[] = [];
	for (const one of sent as readonly unknown[]) {
		const name = member(one, 'name');
		if (typeof name !== 'string' || name.length > COLUMN_NAME_MAX || names.has(name))
			throw malformed();
		names.add(name);
		const words = member(one, 'description');
		const column: ColumnAbout = {
			name,
			label: optionalLine(text(member(one, 'label')), 'columns', COLUMN_ABOUT_LIMITS.label) ?? '',
			description: {
				fr: paragraph(member(words, 'fr')),
				en: paragraph(member(words, 'en'))
			},
			unit: optionalLine(text(member(one, 'unit')), 'columns', COLUMN_ABOUT_LIMITS.unit) ?? ''
		};
		const { label, description, unit } = column;
		if (label || description.fr || description.en || unit) columns.push(column);
	}
	if (JSON.stringify(columns).length > COLUMN_ABOUT_LIMITS.jsonChars)
		throw new InvalidError('too_long', { max: COLUMN_ABOUT_LIMITS.jsonChars }, 'columns');
	return columns;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const member = (value: unknown, name: string): unknown =>
	typeof value === 'object' && value !== null && Object.hasOwn(value, name)
		? (value as Record<string, unknown>)[name]
		: undefined;

function paragraph(value: unknown): string {
	const clean = visibleText(text(value));
	if (clean.length > COLUMN_ABOUT_LIMITS.description)
		throw new InvalidError('too_long', { max: COLUMN_ABOUT_LIMITS.description }, 'columns');
	return clean;
}
