/**
 * The few words between the page and the sandbox frame, before the worker's own port takes over. The frame's
 * origin is opaque: both sides check `event.source`.
 */
export type FrameRequest =
	/** Start a worker from this classic-script source; its port is transferred with the message. */
	| { type: 'start'; worker: string }
	| { type: 'stop' }
	/** Say `frame-ready` (again): the page listens only now. */
	| { type: 'hello' };

export type FrameReport =
	/** `opaque`: the browser honoured the sandbox; `worker`: it has workers. Both must hold. */
	| { type: 'frame-ready'; opaque: boolean; worker: boolean }
	| { type: 'worker-failed'; message: string };
