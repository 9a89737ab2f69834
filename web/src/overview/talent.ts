import { mount } from "svelte";
import "../language.svelte";
import "../ui/base.css";
import Talent from "./Talent.svelte";

mount(Talent, { target: document.getElementById("app")! });
