/** Short notices at the foot of the screen, announced politely; one may offer an action such as « Annuler ». */

export interface Toast {
	readonly id: number;
	readonly text: string;
	readonly tone: 'neutral' | 'danger';
	readonly action: { readonly label: string; readonly run: () => void } | null;
}

class Toasts {
	#list = $state<Toast[]>([]);
	#next = 1;

	get list(): readonly Toast[] {
		return this.#list;
	}

	/** Shows a notice; it stays until it is dismissed, or for `seconds` (never less than 8 with an action). */
	show(
		text: string,
		options: { tone?: Toast['tone']; action?: Toast['action']; seconds?: number } = {}
	): number {
		const id = this.#next++;
		const { tone = 'neutral', action = null } = options;
		const seconds = Math.max(options.seconds ?? (action ? 12 : 6), action ? 8 : 0);
		this.#list = [...this.#list.slice(-3), { id, text, tone, action }];
		if (tone !== 'danger') setTimeout(() => this.dismiss(id), seconds * 1000);
		return id;
	}

	dismiss(id: number): void {
		this.#list = this.#list.filter((toast) => toast.id !== id);
	}
}

/** Browser only: never called while a page is rendered on the server. */
export const toasts = new Toasts();
