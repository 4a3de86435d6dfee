/** Where a control stands, without the options that were not chosen: their labels come from the data. */
import type { ControlDescription, ControlOption, ControlValue } from '../protocol/messages.ts';
import type { ControlSetting } from './report.ts';

/**
 * What makes a control stand at a published setting; undefined: it cannot stand there (an option that is no more, a
 * setting of another sort), or has none.
 */
export function valueOf(
	description: ControlDescription,
	setting: ControlSetting
): ControlValue | undefined {
	switch (setting.type) {
		case 'number':
			return description.type === 'number' ||
				(description.type === 'range' && setting.value !== null)
				? setting.value
				: undefined;
		case 'text':
			return description.type === 'text' || description.type === 'search'
				? setting.text
				: undefined;
		case 'choices': {
			if (!('options' in description)) return undefined;
			const { options } = description;
			const indices = setting.labels.map((label) =>
				options.findIndex((option) => option.label === label)
			);
			if (indices.includes(-1)) return undefined;
			const several =
				description.type === 'checkbox' || (description.type === 'select' && description.multiple);
			return several ? indices : (indices[0] ?? null);
		}
		case 'toggle':
			return description.type === 'toggle' ? setting.on : undefined;
		case 'date':
			return description.type === 'date' ? setting.date : undefined;
		case 'dates':
			return description.type === 'date-range' ? [setting.from, setting.to] : undefined;
	}
}

/** null: the control has no setting to show (a button). */
export function settingOf(
	description: ControlDescription,
	given: ControlValue | undefined
): ControlSetting | null {
	const value = given === undefined ? description.value : given;
	switch (description.type) {
		case 'range':
		case 'number':
			return { type: 'number', value: typeof value === 'number' ? value : null };
		case 'select':
		case 'radio':
		case 'checkbox':
			return { type: 'choices', labels: chosen(description.options, value) };
		case 'toggle':
			return { type: 'toggle', on: value === true };
		case 'search':
		case 'text':
			return { type: 'text', text: typeof value === 'string' ? value : '' };
		case 'date':
			return { type: 'date', date: dateOf(value) };
		case 'date-range': {
			const [from, to] = Array.isArray(value) ? (value as readonly unknown[]) : [];
			return { type: 'dates', from: dateOf(from), to: dateOf(to) };
		}
		case 'button':
			return null;
	}
}

function chosen(options: readonly ControlOption[], value: unknown): string[] {
	const indices: readonly unknown[] = Array.isArray(value) ? value : [value];
	return indices.flatMap((index) => {
		const option = typeof index === 'number' ? options[index] : undefined;
		return option ? [option.label] : [];
	});
}

const dateOf = (value: unknown): string | null =>
	typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? value : null;
