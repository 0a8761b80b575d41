// A value that several parts of the page follow.
import { useEffect, useState } from 'preact/hooks';

export interface Signal<T> {
  get: () => T;
  set: (value: T) => void;
  use: () => T;
}

export function signal<T>(first: T): Signal<T> {
  let value = first;
  const followers = new Set<(value: T) => void>();
  return {
    get: () => value,
    set: (next) => {
      value = next;
      followers.forEach((tell) => tell(next));
    },
    use: () => {
      const [seen, setSeen] = useState(value);
      useEffect(() => {
        followers.add(setSeen);
        setSeen(value);
        return () => void followers.delete(setSeen);
      }, []);
      return seen;
    },
  };
}
