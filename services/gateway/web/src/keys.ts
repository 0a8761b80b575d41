// A key that does something outside of fields and dialogs; what stands nearer to it comes first.
import { useEffect, useRef } from 'preact/hooks';

const TYPED_IN = 'input:not([type=checkbox]), textarea, select, dialog, [contenteditable]';

// `isNear`: of one page, before what holds everywhere, in whatever order they came.
export function useKey(key: string, act: () => void, isNear: boolean = false): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const isTyping = (event.target as HTMLElement | null)?.closest(TYPED_IN);
      if (!areSingleKeysOn() || event.key !== key || event.defaultPrevented || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', pressed, isNear);
    return () => window.removeEventListener('keydown', pressed, isNear);
  }, [key, isNear]);
}

// A letter with Ctrl (or Cmd): also while one types.
export function useCtrlKey(letter: string, act: () => void): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== letter || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [letter]);
}

// Who dictates presses letters unawares (RGAA 12.10): keys alone can be turned off, for this browser.
const OFF = 'guichet.touches-seules';
export const areSingleKeysOn = (): boolean => localStorage.getItem(OFF) === null;
export function setSingleKeys(on: boolean): void {
  if (on) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, 'non');
}
