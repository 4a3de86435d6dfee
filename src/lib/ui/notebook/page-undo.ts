/** What was done to the notebook as a whole and can be taken back: each by its notice, the latest by the keyboard. */
import { m } from '$lib/paraglide/messages';
import { toasts } from '../primitives/toast.svelte.ts';

export class PageUndo {
	#steps: readonly { readonly toast: number; readonly undo: () => void }[] = [];

	get empty(): boolean {
		return this.#steps.length === 0;
	}

	/** Says that it was done, with a button that takes it back. */
	push(said: string, takeBack: () => void): void {
		const undo = (): void => {
			this.#steps = this.#steps.filter((one) => one.undo !== undo);
			takeBack();
		};
		const toast = toasts.show(said, { action: { label: m.shell_undo(), run: undo } });
		this.#steps = [...this.#steps, { toast, undo }];
	}

	/** Takes the latest back. */
	last(): void {
		const last = this.#steps.at(-1);
		if (!last) return;
		toasts.dismiss(last.toast);
		last.undo();
	}

	/** A notice whose action works on this page goes with it. */
	close(): void {
		for (const { toast } of this.#steps) toasts.dismiss(toast);
		this.#steps = [];
	}
}
