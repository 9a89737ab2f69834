import { mount } from "svelte";
import "../language.svelte";
import "../ui/base.css";
import SchoolReturn from "./SchoolReturn.svelte";

mount(SchoolReturn, { target: document.getElementById("app")! });
