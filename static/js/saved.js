// On pages reached after a step was saved: the copy this browser kept of it is no longer needed.
import { LocalCopy } from "./local-copy.js";

LocalCopy.forgetSent();
