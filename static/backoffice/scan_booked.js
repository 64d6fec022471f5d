// On the page of a document that has just been booked: the lines kept on the device are not needed any more.
import { forgetBooked } from "./scan_draft.js";

forgetBooked(document.querySelector("[data-booked-key]").dataset.bookedKey);
