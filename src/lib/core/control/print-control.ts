/** A control as the source of its cell, in a form that Observable runs too. */
import { printText } from '../pipeline/print-expression.ts';
import type { ControlConstant, ControlSource, ControlSpec } from './control-spec.ts';

const constant = (value: ControlConstant | null): string =>
	typeof value === 'string' ? printText(value) : String(value);

/** One of each value: `billets.dedupe("region").array("region")`. */
export function printControlSource(source: ControlSource | null): string {
	switch (source?.kind) {
		case 'column': {
			const name = printText(source.column);
			return `${source.table}.dedupe(${name}).array(${name})`;
		}
		case 'values':
			return `[${source.values.map(constant).join(', ')}]`;
		case 'table':
			return source.table;
		case 'code':
			return source.text;
		default:
			return '[]';
	}
}

/** The options of a spec as their source texts, those that say nothing left out. */
export function controlOptions(spec: ControlSpec): [key: string, text: string][] {
	const { kind, label, source, min, max, step, value } = spec;
	const options: [string, string][] = kind === 'button' ? [] : [['label', printText(label)]];
	if (kind === 'multiselect') options.push(['multiple', 'true']);
	const several = kind === 'multiselect' || kind === 'checkbox';
	if (source?.kind === 'column' && (kind === 'select' || several)) options.push(['sort', 'true']);
	if (kind === 'date') {
		if (min !== null) options.push(['min', constant(min)]);
		if (max !== null) options.push(['max', constant(max)]);
	}
	if (Array.isArray(value)) {
		if (several && value.length > 0)
			options.push([
				'value',
				`[${(value as readonly ControlConstant[]).map(constant).join(', ')}]`
			]);
	} else if (value !== null && kind !== 'button' && kind !== 'date-range' && kind !== 'search')
		options.push(['value', constant(value as ControlConstant)]);
	if (step !== null && (kind === 'range' || kind === 'number'))
		options.push(['step', String(step)]);
	return options;
}

const optionsText = (options: readonly (readonly [string, string])[]): string =>
	`{${options.map(([key, text]) => `${key}: ${text}`).join(', ')}}`;

function dateRange(spec: ControlSpec): string {
	const [from, to] = Array.isArray(spec.value) ? (spec.value as readonly unknown[]) : [];
	const day = (value: unknown): string => {
		const options: [string, string][] = [];
		if (spec.min !== null) options.push(['min', constant(spec.min)]);
		if (spec.max !== null) options.push(['max', constant(spec.max)]);
		if (typeof value === 'string') options.push(['value', constant(value)]);
		return `Inputs.date(${options.length > 0 ? optionsText(options) : ''})`;
	};
	return `Inputs.form([${day(from)}, ${day(to)}], {label: ${printText(spec.label)}})`;
}

/** `Inputs.range([0, 100], {label: "Minimum", value: 50, step: 1})`. */
export function printInput(spec: ControlSpec): string {
	const options = optionsText(controlOptions(spec));
	const bounds = `[${constant(spec.min)}, ${constant(spec.max)}]`;
	switch (spec.kind) {
		case 'range':
			return `Inputs.range([${constant(spec.min ?? 0)}, ${constant(spec.max ?? 100)}], ${options})`;
		case 'number':
			return spec.min === null && spec.max === null
				? `Inputs.number(${options})`
				: `Inputs.number(${bounds.replace(/null/g, 'undefined')}, ${options})`;
		case 'select':
		case 'multiselect':
			return `Inputs.select(${printControlSource(spec.source)}, ${options})`;
		case 'checkbox':
		case 'search':
			return `Inputs.${spec.kind}(${printControlSource(spec.source)}, ${options})`;
		case 'text':
		case 'toggle':
		case 'date':
			return `Inputs.${spec.kind}(${options})`;
		case 'date-range':
			return dateRange(spec);
		case 'button':
			return `Inputs.button(${printText(spec.label)})`;
	}
}

export const printControl = (spec: ControlSpec): string =>
	spec.name === null
		? `view(${printInput(spec)})`
		: `const ${spec.name} = view(${printInput(spec)});`;
