/**
 * Uploads under way in this process: few at once for each person, and only so much memory for all. Without it, requests
 * that never end would fill the memory, each below the limit of one.
 */
import { BusyError } from '../../core/errors.ts';
import type { App } from '../app.ts';
import { MAX_UPLOAD_BYTES } from './upload.ts';

/** For each person: a table is checked while the next one comes. */
export const MOST_UPLOADS = 2;
/** Bytes held by all of them together: five of the largest. */
export const MOST_UPLOAD_BYTES = 5 * MAX_UPLOAD_BYTES;

export interface UploadInFlight {
	/**
	 * Says how many bytes it holds from now on, before they are allocated.
	 * @throws BusyError `uploads_full`
	 */
	hold(bytes: number): void;
	/** It is over, one way or the other. */
	leave(): void;
}

export class UploadsInFlight {
	readonly #most: number;
	readonly #mostBytes: number;
	readonly #of = new Map<string, number>();
	#bytes = 0;

	constructor(most = MOST_UPLOADS, mostBytes = MOST_UPLOAD_BYTES) {
		this.#most = most;
		this.#mostBytes = mostBytes;
	}

	/** @throws BusyError `uploads_in_flight` (max) */
	enter(personId: string): UploadInFlight {
		const others = this.#of.get(personId) ?? 0;
		if (others >= this.#most) throw new BusyError('uploads_in_flight', { max: this.#most });
		this.#of.set(personId, others + 1);
		let held = 0;
		let over = false;
		return {
			hold: (bytes) => {
				if (over) return;
				if (this.#bytes - held + bytes > this.#mostBytes) throw new BusyError('uploads_full');
				this.#bytes += bytes - held;
				held = bytes;
			},
			leave: () => {
				if (over) return;
				over = true;
				this.#bytes -= held;
				const left = (this.#of.get(personId) ?? 1) - 1;
				if (left) this.#of.set(personId, left);
				else this.#of.delete(personId);
			}
		};
	}
}

const made = new WeakMap<App, UploadsInFlight>();

export function uploadsOf(app: App): UploadsInFlight {
	const known = made.get(app);
	if (known) return known;
	const uploads = new UploadsInFlight();
	made.set(app, uploads);
	return uploads;
}
