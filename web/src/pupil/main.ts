import { mount } from "svelte";
import "../language.svelte";
import "../ui/base.css";
import Pupil from "./Pupil.svelte";

mount(Pupil, { target: document.getElementById("app")! });
