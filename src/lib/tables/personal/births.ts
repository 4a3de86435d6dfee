/** Columns of birth dates: by their header, by the ages that they make, or in three columns. */
import type { PersonalFinding } from '../../core/protocol/import.ts';
import { hasValue, MS_PER_DAY, type Column } from '../column.ts';
import { ageAt, parseBirthDate } from './birth-date.ts';
import { scannedFinding, typedFinding } from './finding.ts';
import type { Looked, TableContext } from './table-context.ts';

export function birthFinding(table: TableContext, column: Looked): PersonalFinding | null {
	const { says, scan } = column;
	const data = column.column;
	const today = table.today;
	// A feast is somebody's birthday only where the years say so.
	const youngest = / (?:\w*naiss\w*|\w*birth\w*|ddn|dob|d o b|born) /.test(says.words) ? 0 : 2;
	const isAge = (day: number): boolean => {
		if (Number.isNaN(day)) return false;
		if (Number.isNaN(today)) return true;
		const age = ageAt(day, today);
		return age >= youngest && age <= 112;
	};
	if (says.birth && !says.credit && !says.place) {
		if (data.type === 'text') {
			let rows = 0;
			const born = new Uint8Array(scan.size);
			for (let i = 0; i < scan.size; i++)
				if (isAge(parseBirthDate(scan.text(i), Number.isNaN(today) ? 20_500 : today, true))) {
					born[i] = 1;
					rows += scan.rows(i);
				}
			if (rows * 3 >= scan.values && rows > 0)
				return scannedFinding(column, 'birth_date', (i) => born[i] === 1, 'birth_header', 'sure');
		} else if (data.type !== 'boolean') {
			const rows = countDays(data, today, isAge);
			const values = data.length - data.missing;
			if (rows * 3 >= values && rows > 0)
				return typedFinding(column.column, rows, values, 'birth_header', 'sure');
		}
		return null;
	}
	if (data.type === 'text')
		return scannedFinding(
			column,
			'birth_date',
			(i) => scan.has(i, 'birth_date', 'sure'),
			'birth_text',
			'sure'
		);
	if ((data.type !== 'date' && data.type !== 'datetime') || says.event || says.credit || says.place)
		return null;
	// Dates of people's lives are spread over generations; those of a season's doings are not.
	if (!table.ofPeople || Number.isNaN(today)) return null;
	const ages: number[] = [];
	for (let row = 0; row < data.length; row++)
		if (hasValue(data, row)) ages.push(ageAt(dayAt(data, row), today));
	ages.sort((a, b) => a - b);
	const at = (part: number): number => ages[Math.floor((ages.length - 1) * part)] ?? NaN;
	const likely =
		ages.length >= 8 &&
		at(0.02) >= 3 &&
		at(0.98) <= 105 &&
		at(0.5) >= 8 &&
		at(0.75) - at(0.25) >= 6 &&
		at(0.9) - at(0.1) >= 12;
	return likely
		? typedFinding(
				column.column,
				ages.filter((age) => age >= 0 && age <= 112).length,
				ages.length,
				'birth_ages',
				'likely'
			)
		: null;
}

/** Latest day of the dates of these columns; NaN where there is none. */
export function latestDay(columns: readonly (Column | null)[]): number {
	let latest = NaN;
	for (const column of columns) {
		if (column?.type !== 'date' && column?.type !== 'datetime') continue;
		for (let row = 0; row < column.length; row++) {
			if (!hasValue(column, row)) continue;
			const day = dayAt(column, row);
			if (!(day <= latest)) latest = day;
		}
	}
	return latest;
}

/** Day of a date or date-time cell. */
export const dayAt = (column: Column, row: number): number =>
	column.type === 'date'
		? (column.values[row] ?? NaN)
		: column.type === 'datetime'
			? Math.floor(Number(column.values[row] ?? NaN) / MS_PER_DAY)
			: NaN;

/** Rows of numbers or dates that make an age: days, or the serial numbers and six figures that programs leave. */
function countDays(column: Column, today: number, isAge: (day: number) => boolean): number {
	let rows = 0;
	for (let row = 0; row < column.length; row++) {
		if (!hasValue(column, row)) continue;
		if (column.type === 'integer' || column.type === 'number') {
			const text = String(column.values[row] ?? '');
			if (isAge(birthOfNumber(text, today))) rows++;
		} else if (isAge(dayAt(column, row))) rows++;
	}
	return rows;
}

/** A number lost the zeros at its beginning: `10314` may be 2001-03-14 as well as a serial; six figures tell dates. */
export const birthOfNumber = (text: string, today: number): number =>
	parseBirthDate(text, Number.isNaN(today) ? 20_500 : today, true);
