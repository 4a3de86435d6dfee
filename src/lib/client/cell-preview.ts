/**
 * What a cell's chain gives at each of its steps, as the cell's worker sees it. Its tables are looked at as those that
 * cells show (`SandboxHost.look`), and end with it.
 */
import { GoneError } from '../core/errors.ts';
import type { Preview } from '../core/protocol/preview.ts';
import type { SandboxHost } from './sandbox-host.ts';

export class CellPreview {
	readonly #host: SandboxHost;
	readonly #cell: string;
	readonly #number: number;
	/** The worker that knows of it; another knows nothing. */
	#generation: number | null = null;
	#closed = false;

	/** @param number that no other preview of this host has */
	constructor(host: SandboxHost, cell: string, number: number) {
		this.#host = host;
		this.#cell = cell;
		this.#number = number;
	}

	/**
	 * Asked again, it answers for the new texts alone: what they have in common with the old is not run again.
	 * @returns null where a later request took the place of this one
	 * @throws GoneError once it is closed, and what `SandboxHost.askPreview` throws
	 */
	async show(head: string, steps: readonly string[]): Promise<Preview | null> {
		if (this.#closed) throw new GoneError('gone');
		this.#generation = this.#host.generation;
		return this.#host.askPreview(this.#number, { cell: this.#cell, head, steps });
	}

	close(): void {
		if (this.#closed) return;
		this.#closed = true;
		if (this.#generation === this.#host.generation) this.#host.closePreview(this.#number);
	}
}
