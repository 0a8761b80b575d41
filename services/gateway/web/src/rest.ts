// Whether somebody is at this page: what it asks by itself would else keep a session from its rest for ever.
const REST_MS = 5 * 60 * 1000;
let touched = Date.now();

export function isResting(now: number = Date.now()): boolean {
  return now - touched > REST_MS;
}

export function watchTouches(target: Pick<Window, 'addEventListener'>): void {
  const touch = () => {
    touched = Date.now();
  };
  for (const kind of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'focus'])
    target.addEventListener(kind, touch, { passive: true, capture: true });
}
