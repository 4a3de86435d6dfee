/** Describes files of data for machines, as a Frictionless Data Package (`datapackage.json`, version 1 of the standard). */
import type { ExportFormat } from '../../core/protocol/export.ts';
import type { Column, DataType } from '../column.ts';

export interface PackageDescription {
	/** Lower case, without spaces: `billetterie-2024`. */
	readonly name: string;
	readonly title: string;
	readonly description: string;
	readonly version: string;
	/** Of the version, as ISO 8601 writes it. */
	readonly created: string;
	readonly licenses: readonly {
		readonly name: string;
		readonly path?: string;
		readonly title?: string;
	}[];
	readonly sources: readonly { readonly title: string; readonly path?: string }[];
	readonly contributors: readonly {
		readonly title: string;
		readonly role?: string;
		readonly email?: string;
	}[];
	readonly keywords: readonly string[];
	/** Under which terms its organisation hands it on: outside of the standard, which lets a description have more. */
	readonly terms: Readonly<Record<string, string>>;
	/** What is known of the columns, by name; those that are not named have their type alone. */
	readonly fields: readonly FieldDescription[];
}
export interface FieldDescription {
	readonly name: string;
	readonly title?: string;
	readonly description?: string;
	/** `CAD`, `km`, `%`. */
	readonly unit?: string;
}
export interface PackageFile {
	readonly path: string;
	readonly format: ExportFormat;
	/** Of its bytes: hex SHA-256, and how many there are. */
	readonly hash: string;
	readonly size: number;
	/** How a CSV was written. */
	readonly language?: 'fr' | 'en';
}

const MEDIA_TYPES: Record<PackageFile['format'], string> = {
	csv: 'text/csv',
	json: 'application/json',
	ndjson: 'application/x-ndjson',
	parquet: 'application/vnd.apache.parquet',
	arrow: 'application/vnd.apache.arrow.file',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
};
const TEXTS: readonly PackageFile['format'][] = ['csv', 'json', 'ndjson'];

const FIELD_TYPES: Record<DataType, { type: string; format?: string }> = {
	text: { type: 'string' },
	number: { type: 'number' },
	integer: { type: 'integer' },
	date: { type: 'date', format: 'default' },
	datetime: { type: 'datetime', format: '%Y-%m-%dT%H:%M:%S' },
	boolean: { type: 'boolean' }
};

/** @returns the text of `datapackage.json`: the same for the same files and description */
export function writeDatapackage(
	columns: readonly Column[],
	files: readonly PackageFile[],
	{ fields, ...description }: PackageDescription
): string {
	const known = new Map(fields.map((field) => [field.name, field]));
	const resources = files.map((file) => resourceOf(columns, file, known));
	return `${JSON.stringify(
		{ profile: 'tabular-data-package', ...description, resources },
		null,
		'\t'
	)}\n`;
}

function resourceOf(
	columns: readonly Column[],
	{ path, format, hash, size, language }: PackageFile,
	described: ReadonlyMap<string, FieldDescription>
) {
	const csv = format === 'csv';
	return {
		profile: csv ? 'tabular-data-resource' : 'data-resource',
		name: nameOf(path),
		path,
		format,
		mediatype: MEDIA_TYPES[format],
		...(TEXTS.includes(format) ? { encoding: 'utf-8' } : {}),
		hash: `sha256:${hash}`,
		bytes: size,
		...(csv
			? { dialect: { delimiter: language === 'fr' ? ';' : ',', lineTerminator: '\r\n' } }
			: {}),
		schema: {
			fields: columns.map((column) => fieldOf(column, described, csv && language === 'fr')),
			missingValues: ['']
		}
	};
}

function fieldOf(column: Column, described: ReadonlyMap<string, FieldDescription>, comma: boolean) {
	const known = described.get(column.name);
	return {
		name: column.name,
		...FIELD_TYPES[column.type],
		...(comma && column.type === 'number' ? { decimalChar: ',' } : {}),
		...(known?.title ? { title: known.title } : {}),
		...(known?.description ? { description: known.description } : {}),
		...(known?.unit ? { unit: known.unit } : {})
	};
}

/** A resource's name has lower-case letters, digits, and `-_.` alone. */
const nameOf = (path: string): string =>
	path
		.toLowerCase()
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.replace(/[^a-z0-9._-]+/g, '-');
