// A page behind the code without questions to fill in.
import { sendLeft } from "./vendor-left.js";

sendLeft();
