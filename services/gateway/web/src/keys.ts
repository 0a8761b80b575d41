// A key that does something outside of fields and dialogs; what stands nearer to it comes first.
import { useEffect, useRef } from 'preact/hooks';

const TYPED_IN = 'input:not([type=checkbox]), textarea, select, dialog, [contenteditable]';

export function useKey(key: string, act: () => void): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const isTyping = (event.target as HTMLElement | null)?.closest(TYPED_IN);
      if (event.key !== key || event.defaultPrevented || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [key]);
}
