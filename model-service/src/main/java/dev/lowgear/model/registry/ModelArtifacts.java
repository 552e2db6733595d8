package dev.lowgear.model.registry;

import org.springframework.data.jpa.repository.JpaRepository;

/** The bytes of every version. */
interface ModelArtifacts extends JpaRepository<ModelArtifact, Integer> {}
