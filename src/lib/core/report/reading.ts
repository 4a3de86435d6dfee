/**
 * Reads what a browser sent, member by member, into fresh values of our own shapes. Nothing is copied whole, so that
 * a member named `__proto__` or one too many never comes along. A refusal names the place by its path.
 */
import { InvalidError } from '../errors.ts';

export class Reading {
	readonly value: unknown;
	readonly path: string;
	/** What a refusal says. */
	readonly code: string;
	constructor(value: unknown, path = '', code = 'report_malformed') {
		this.value = value;
		this.path = path;
		this.code = code;
	}

	refuse(): never {
		throw new InvalidError(this.code, { where: this.path || '/' });
	}

	/** Refuses a plain object that has any other member than these. */
	only(names: readonly string[]): this {
		const { value } = this;
		if (typeof value !== 'object' || value === null || Array.isArray(value)) this.refuse();
		for (const name of Object.keys(value as object))
			if (!names.includes(name))
				new Reading(null, `${this.path}/${name.slice(0, 60)}`, this.code).refuse();
		return this;
	}

	/** A member of a plain object, its own. */
	at(name: string): Reading {
		const { value } = this;
		if (typeof value !== 'object' || value === null || Array.isArray(value)) this.refuse();
		const own = Object.hasOwn(value as object, name);
		return new Reading(
			own ? (value as Record<string, unknown>)[name] : undefined,
			`${this.path}/${name}`,
			this.code
		);
	}

	list<T>(max: number, read: (item: Reading, index: number) => T): T[] {
		const { value, path, code } = this;
		if (!Array.isArray(value) || value.length > max) this.refuse();
		return Array.from(value as readonly unknown[], (item, i) =>
			read(new Reading(item, `${path}/${i}`, code), i)
		);
	}

	text(max: number, pattern?: RegExp): string {
		const { value } = this;
		if (typeof value !== 'string' || value.length > max) return this.refuse();
		if (pattern && !pattern.test(value)) this.refuse();
		return value;
	}

	number(): number {
		const { value } = this;
		return typeof value === 'number' && Number.isFinite(value) ? value : this.refuse();
	}

	/** A whole number from 0 up. */
	count(): number {
		const { value } = this;
		return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
			? value
			: this.refuse();
	}

	flag(): boolean {
		return typeof this.value === 'boolean' ? this.value : this.refuse();
	}

	oneOf<T extends string>(choices: readonly T[]): T {
		const found = choices.find((choice) => choice === this.value);
		return found ?? this.refuse();
	}

	orNull<T>(read: (reading: Reading) => T): T | null {
		return this.value === null ? null : read(this);
	}
}
