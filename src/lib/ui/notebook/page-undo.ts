/** Notices of what was done to the notebook as a whole, each with the button that takes it back. */
import { m } from '$lib/paraglide/messages';
import { toasts } from '../primitives/toast.svelte.ts';

export class PageUndo {
	#steps: readonly {
		readonly toast: number;
		readonly undo: () => void;
		readonly stands: () => boolean;
	}[] = [];

	/** Says that it was done, with a button that takes it back. @param stands whether there is still anything to take back */
	push(said: string, takeBack: () => void, stands: () => boolean = () => true): void {
		const undo = (): void => {
			this.#steps = this.#steps.filter((one) => one.undo !== undo);
			takeBack();
		};
		const toast = toasts.show(said, { action: { label: m.shell_undo(), run: undo } });
		this.#steps = [...this.#steps, { toast, undo, stands }];
	}

	/** Something was taken back by other means: notices that have nothing to take back any more go. */
	sweep(): void {
		for (const { toast, stands } of this.#steps) if (!stands()) toasts.dismiss(toast);
		this.#steps = this.#steps.filter(({ stands }) => stands());
	}

	/** A notice whose action works on this page goes with it. */
	close(): void {
		for (const { toast } of this.#steps) toasts.dismiss(toast);
		this.#steps = [];
	}
}
