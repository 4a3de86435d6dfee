/** Guard on a control's description. */
import { LIMITS, type ControlDescription, type ControlOption } from './messages.ts';
import { Malformed, type Reader } from './reader.ts';

export function readControl(r: Reader, value: unknown): ControlDescription {
	const m = r.record(value);
	const label = r.text(m.label, LIMITS.textChars);
	const text = (v: unknown) => r.text(v, LIMITS.textChars);
	const finite = (v: unknown) => {
		const n = r.number(v);
		if (!Number.isFinite(n)) throw new Malformed('finite');
		return n;
	};
	const maybeFinite = (v: unknown) => r.maybe(v, finite);
	const options = () => r.list(m.options, LIMITS.controlOptions, option);
	const indices = (v: unknown) => r.list(v, LIMITS.controlOptions, (_, i) => r.count(i));
	const date = (v: unknown) =>
		r.maybe(v, (d) => {
			const out = r.text(d, 10);
			if (!/^\d{4}-\d\d-\d\d$/.test(out)) throw new Malformed('date');
			return out;
		});

	switch (m.type) {
		case 'range':
			return {
				type: 'range',
				label,
				min: finite(m.min),
				max: finite(m.max),
				step: maybeFinite(m.step),
				value: finite(m.value)
			};
		case 'number':
			return {
				type: 'number',
				label,
				min: maybeFinite(m.min),
				max: maybeFinite(m.max),
				step: maybeFinite(m.step),
				value: maybeFinite(m.value)
			};
		case 'select':
			return {
				type: 'select',
				label,
				options: options(),
				multiple: r.flag(m.multiple),
				value: Array.isArray(m.value) ? indices(m.value) : r.maybe(m.value, (v) => r.count(v))
			};
		case 'radio':
			return {
				type: 'radio',
				label,
				options: options(),
				value: r.maybe(m.value, (v) => r.count(v))
			};
		case 'checkbox':
			return { type: 'checkbox', label, options: options(), value: indices(m.value) };
		case 'toggle':
			return { type: 'toggle', label, value: r.flag(m.value) };
		case 'search':
			return {
				type: 'search',
				label,
				placeholder: text(m.placeholder),
				value: text(m.value),
				results: text(m.results)
			};
		case 'text':
			return { type: 'text', label, placeholder: text(m.placeholder), value: text(m.value) };
		case 'date':
			return { type: 'date', label, min: date(m.min), max: date(m.max), value: date(m.value) };
		case 'date-range': {
			const [from, to] = r.list(m.value, 2, (_, v) => date(v));
			return {
				type: 'date-range',
				label,
				min: date(m.min),
				max: date(m.max),
				value: [from ?? null, to ?? null]
			};
		}
		case 'button':
			return { type: 'button', label, value: finite(m.value) };
		default:
			throw new Malformed('control');
	}
}

function option(r: Reader, value: unknown): ControlOption {
	return { label: r.text(r.record(value).label, LIMITS.textChars) };
}
